package dev.renderworker.local.remotion;

import dev.renderworker.local.remotion.Render.Deployment;
import dev.renderworker.local.remotion.Render.Span;
import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.s3.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Takes renders on and lets them go their way in the object store. */
public final class RenderFarm {
  private static final String ID_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final Duration CANCEL_TAKES = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final InstantSource clock;
  private final EventQueue events;
  private final RenderLedger ledger;
  private final RenderDefaults defaults;

  /** A farm that works in that store and that time. */
  public RenderFarm(
      ObjectStore store,
      InstantSource clock,
      EventQueue events,
      RenderLedger ledger,
      RenderDefaults defaults) {
    this.store = store;
    this.clock = clock;
    this.events = events;
    this.ledger = ledger;
    this.defaults = defaults;
    store.onPut(this::noticeCancel);
  }

  ObjectStore store() {
    return store;
  }

  InstantSource clock() {
    return clock;
  }

  RenderLedger ledger() {
    return ledger;
  }

  RenderDefaults defaults() {
    return defaults;
  }

  static String newId(JsonNode payload) {
    String prefix = payload.path("deleteAfter").asString("");
    String random =
        new SplittableRandom()
            .ints(10, 0, ID_ALPHABET.length())
            .mapToObj(index -> ID_ALPHABET.substring(index, index + 1))
            .collect(Collectors.joining());
    return prefix.isEmpty() ? random : prefix + "-" + random;
  }

  /** Takes a render on: from now on it has a progress file. */
  Render take(StartRequest request, Deployment deployment) {
    Duration length = request.seconds("renderSeconds").orElse(defaults.renderTime());
    int attempt = ledger.countStart(request.jobKey());
    Simulation asked = request.simulation();
    boolean overIt = asked == Simulation.FLAKY_ONCE && attempt > 1;
    Render render =
        new Render(
            newId(request.json()),
            request,
            deployment,
            new Span(clock.instant(), length),
            overIt ? Simulation.NONE : asked);
    ledger.add(render);
    store.put(request.bucket(), render.progressKey(), new ProgressFile(render, clock));
    if (render.simulation() == Simulation.LOST_LAUNCH) {
      render.follow(Script.stalled(0));
    } else {
      events.schedule(render.span().at(Milestones.OPENED), () -> launch(render));
    }
    return render;
  }

  private void launch(Render render) {
    render.follow(new Casting(store, defaults.compositions()).script(render));
    if (render.simulation() == Simulation.PREMATURE_DONE) {
      store.put(
          render.outputBucket(),
          render.outputKey(),
          new StoredObject(new byte[] {1}, "video/mp4", render.span().start()));
    }
    double end = render.script().stopsAt();
    events.schedule(render.span().at(end), () -> end(render));
  }

  private void end(Render render) {
    Instant now = render.span().at(render.script().stopsAt());
    StartRequest request = render.request();
    if (request.json().path("inputProps").path("type").asString("").equals("bucket-url")) {
      JsonNode inputProps = request.json().path("inputProps");
      String bucket = inputProps.path("bucketName").asString(request.bucket());
      store.delete(bucket, StartRequest.propsKey(inputProps));
    }
    if (render.simulation() == Simulation.TIMEOUT_BUT_OUTPUT_EXISTS) {
      upload(render, now);
    } else if (render.script().completes()) {
      if (upload(render, now)) {
        render.finish();
      } else {
        render.follow(Script.failing(1, true, now, LaunchChecks.outputExists(render)));
      }
    }
  }

  private boolean upload(Render render, Instant now) {
    String bucket = render.outputBucket();
    String key = render.outputKey();
    StoredObject output = OutputObject.of(render, now);
    boolean overwrite = render.request().json().path("overwrite").asBoolean(false);
    if (overwrite || render.simulation() == Simulation.PREMATURE_DONE) {
      store.put(bucket, key, output);
      return true;
    }
    return store.putIfAbsent(bucket, key, output);
  }

  private void noticeCancel(String bucket, String key) {
    if (key.startsWith("renders/") && key.endsWith("/cancel.json")) {
      String id = key.substring("renders/".length(), key.length() - "/cancel.json".length());
      ledger.find(id).ifPresent(this::cancelSoon);
    }
  }

  private void cancelSoon(Render render) {
    Instant soon = clock.instant().plus(CANCEL_TAKES);
    Instant renderersStart = render.span().at(Milestones.INVOKED);
    Instant at = soon.isAfter(renderersStart) ? soon : renderersStart;
    boolean combining = render.span().part(at) >= 0.85;
    if (render.request().json().path("enableCancellation").asBoolean(false) && !combining) {
      events.schedule(at, () -> cancel(render, at));
    }
  }

  private void cancel(Render render, Instant at) {
    if (!render.isOver(at) && render.script().completes()) {
      render.follow(Casting.cancelled(render.span().part(at), at));
      events.schedule(at, () -> end(render));
    }
  }
}
