package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code progress.json} of a media render and derives from it what the {@code status}
 * routine would say (Remotion Lambda protocol, 5.2 and 5.3).
 */
public final class ProgressFile {
  private final JsonNode file;
  private final RenderHandle render;
  private final Optional<RenderMetadata> metadata;

  private final Instant now;

  private ProgressFile(JsonNode file, RenderHandle render, Instant now) {
    this.file = file;
    this.render = render;
    this.now = now;
    this.metadata = RenderMetadata.in(file);
  }

  /**
   * Reads a file.
   *
   * @param now for the cost so far of what is still at work
   */
  public static RenderProgress read(JsonNode file, RenderHandle render, Instant now) {
    return new ProgressFile(file, render, now).progress();
  }

  private RenderProgress progress() {
    RenderProgress.Result result = result();
    boolean done = result instanceof RenderProgress.Result.Done;
    return new RenderProgress(
        extent(done ? 1 : overall()),
        new RenderProgress.Milestones(
            isSet("serveUrlOpened"),
            metadata.map(this::chunksComplete).orElse(false),
            metadata.map(this::combined).orElse(false),
            deadline(file)),
        RenderError.in(file),
        metadata,
        result);
  }

  /** When the function that wrote the file or status is ended by Lambda. */
  static Optional<Instant> deadline(JsonNode progress) {
    return Optional.of(progress.path("timeoutTimestamp").asLong(0))
        .filter(millis -> millis > 0)
        .map(Instant::ofEpochMilli);
  }

  private RenderProgress.Result result() {
    JsonNode post = file.path("postRenderData");
    if (post.isObject()) {
      return new RenderProgress.Result.Done(reported(post));
    }
    return metadata
        .<RenderProgress.Result>map(
            known -> new RenderProgress.Result.Unconfirmed(false, draft(known)))
        .orElseGet(RenderProgress.Result.None::new);
  }

  private RenderOutput reported(JsonNode post) {
    long timeToFinish = post.path("timeToFinish").asLong(0);
    JsonNode cost = post.path("cost");
    return new RenderOutput(
        metadata
            .map(known -> OutputLocation.of(known, render))
            .orElseGet(() -> new OutputLocation(render.bucketName(), "", false))
            .reportedAs(Optional.of(post.path("outputFile").asString("")), render.region()),
        post.path("outputSize").asLong(0),
        RenderCost.reported(
            cost.path("estimatedCost").decimalValue(BigDecimal.ZERO),
            cost.path("estimatedDisplayCost").asString(""),
            metadata,
            timeToFinish),
        work(timeToFinish));
  }

  private RenderOutput draft(RenderMetadata known) {
    long timeToFinish =
        file.path("timings")
                .valueStream()
                .mapToLong(chunk -> chunk.path("rendered").asLong(0))
                .max()
                .orElse(known.startedAt().toEpochMilli())
            - known.startedAt().toEpochMilli();
    return new RenderOutput(
        OutputLocation.of(known, render).reportedAs(Optional.empty(), render.region()),
        0,
        RenderCost.ofChunks(file.path("timings"), known, timeToFinish),
        work(timeToFinish));
  }

  /** A finished render has rendered every frame, and as many functions as chunks took part. */
  private RenderOutput.Work work(long timeToFinish) {
    return new RenderOutput.Work(
        metadata.map(RenderMetadata::frames).orElse(0),
        metadata.map(RenderMetadata::totalChunks).orElse(0),
        timeToFinish,
        metadata.map(known -> known.startedAt().plusMillis(timeToFinish)));
  }

  /**
   * Counts distinct chunks. The function itself divides by the kinds of media and so never finds a
   * video with sound complete (Remotion Lambda protocol, 5.3).
   */
  private boolean chunksComplete(RenderMetadata known) {
    return known.totalChunks() > 0 && distinctChunks() == known.totalChunks();
  }

  private boolean combined(RenderMetadata known) {
    return number("combinedFrames") >= known.frames() && isSet("timeToCombine");
  }

  private double overall() {
    int behind =
        (number("lambdasInvoked") > 0 ? 1 : 0)
            + (isSet("serveUrlOpened") ? 1 : 0)
            + (isSet("compositionValidated") ? 1 : 0);
    return 0.1 * behind / 3 + metadata.map(this::ofFrames).orElse(0.0);
  }

  private double ofFrames(RenderMetadata known) {
    double frames = known.frames();
    return 0.1 * number("framesEncoded") / frames
        + 0.1 * invoked(known)
        + 0.6 * number("framesRendered") / frames
        + 0.1 * number("combinedFrames") / frames;
  }

  private RenderProgress.Extent extent(double overall) {
    RenderProgress.Work work =
        new RenderProgress.Work(
            new RenderProgress.Frames(
                (int) number("framesRendered"),
                (int) number("framesEncoded"),
                number("combinedFrames")),
            (int) distinctChunks(),
            file.path("retries").size(),
            (int) number("lambdasInvoked"),
            costSoFar());
    return metadata
        .map(known -> known.extent(overall, work))
        .orElse(RenderProgress.Extent.of(overall, work));
  }

  private BigDecimal costSoFar() {
    JsonNode reported = file.at("/postRenderData/cost/estimatedCost");
    return reported.isNumber()
        ? reported.decimalValue()
        : metadata.map(known -> RenderCost.soFar(file, known, now)).orElse(BigDecimal.ZERO);
  }

  private long distinctChunks() {
    return file.path("chunks").valueStream().distinct().count();
  }

  private double invoked(RenderMetadata known) {
    double invoked = number("lambdasInvoked");
    return known.renderFunctions() == 0 ? Math.min(invoked, 1) : invoked / known.renderFunctions();
  }

  private double number(String field) {
    return file.path(field).asDouble(0);
  }

  private boolean isSet(String field) {
    return file.path(field).isNumber();
  }
}
