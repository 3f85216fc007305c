package dev.renderworker.local.remotion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.s3.S3Object;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code progress.json} of a render, written anew at every look (Remotion Lambda protocol, 5.2).
 */
final class ProgressFile implements S3Object {
  // The real function leaves this long between two uploads.
  private static final Duration BETWEEN_UPLOADS = Duration.ofMillis(250);

  private final Render render;
  private final InstantSource clock;

  ProgressFile(Render render, InstantSource clock) {
    this.render = render;
    this.clock = clock;
  }

  @Override
  public byte[] bytes() {
    return json(clock.instant()).toString().getBytes(UTF_8);
  }

  @Override
  public Instant lastModified() {
    Instant last = clock.instant().minus(BETWEEN_UPLOADS);
    Instant end = render.span().at(render.script().stopsAt());
    Instant bounded = last.isBefore(end) ? last : end;
    return bounded.isBefore(render.span().start()) ? render.span().start() : bounded;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  ObjectNode json(Instant now) {
    Milestones done = milestones(now);
    Script script = render.script();
    boolean validated = done.validated() && script.validated();
    long start = render.claimedStart().toEpochMilli();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("cancellationEnabled", render.request().json().path("enableCancellation"));
    json.set("chunks", numbers(done.chunks()));
    json.put("framesRendered", done.rendered())
        .put("framesEncoded", done.encoded())
        .put("combinedFrames", done.combined());
    ObjectNode timeless = nullable(json, "timeToCombine", done.looksCombined(), 95);
    nullable(timeless, "timeToEncode", done.encoded() == render.frames().count(), 630);
    json.put("lambdasInvoked", done.invoked());
    json.putArray("retries").addAll(retries(done));
    Timings timings = new Timings(render);
    if (render.isFinished()) {
      json.set("postRenderData", new PostRenderData(render, timings).json());
    } else {
      json.putNull("postRenderData");
    }
    json.set("timings", timings.json(done.chunks()));
    if (validated) {
      json.set("renderMetadata", new RenderMetadata(render).json());
    } else {
      json.putNull("renderMetadata");
    }
    errors(json, now);
    nullable(json, "timeToRenderFrames", done.rendered() == render.frames().count(), 2330);
    json.put("timeoutTimestamp", start + render.deployment().function().timeout().toMillis());
    json.put("functionLaunched", start);
    nullable(json, "serveUrlOpened", done.opened(), at(Milestones.OPENED));
    nullable(json, "compositionValidated", validated, at(Milestones.VALIDATED));
    json.putArray("receivedArtifact");
    return json;
  }

  private Milestones milestones(Instant now) {
    return new Milestones(render.progress(now), render.frames(), render.simulation());
  }

  private long at(double part) {
    return render.span().at(part).toEpochMilli();
  }

  private void errors(ObjectNode json, Instant now) {
    ArrayNode errors = json.putArray("errors");
    var reported = render.script().errorsAt(now);
    reported.forEach(error -> errors.add(error.json()));
    boolean fatal = reported.stream().anyMatch(error -> !error.survived());
    nullable(json, "fatalErrorTimestamp", fatal, at(render.script().stopsAt()));
  }

  private ArrayNode retries(Milestones done) {
    ArrayNode retries = JsonNodeFactory.instance.arrayNode();
    boolean retried = render.simulation() == Simulation.CHUNK_RETRY && done.part() > 0.4;
    if (retried) {
      retries.addObject().put("attempt", 2).put("time", at(0.4)).put("chunk", 0);
    }
    return retries;
  }

  private static ArrayNode numbers(int count) {
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    for (int number = 0; number < count; number++) {
      numbers.add(number);
    }
    return numbers;
  }

  private static ObjectNode nullable(ObjectNode json, String name, boolean present, long value) {
    return present ? json.put(name, value) : json.putNull(name);
  }
}
