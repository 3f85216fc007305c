package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the answer of the {@code status} routine (Remotion Lambda protocol, 4.2). */
public final class StatusAnswer {
  private final JsonNode status;
  private final RenderHandle render;
  private final Optional<RenderMetadata> metadata;

  private StatusAnswer(JsonNode status, RenderHandle render) {
    this.status = status;
    this.render = render;
    this.metadata = RenderMetadata.in(status);
  }

  /** Reads an answer. */
  public static RenderProgress read(JsonNode status, RenderHandle render) {
    return new StatusAnswer(status, render).progress();
  }

  private RenderProgress progress() {
    RenderProgress.Result result = result();
    boolean claimed = status.path("done").asBoolean(false);
    return new RenderProgress(
        extent(status.path("overallProgress").asDouble(0)),
        new RenderProgress.Milestones(
            status.path("serveUrlOpened").isNumber(),
            claimed || metadata.map(this::chunksComplete).orElse(false),
            claimed || metadata.map(this::combined).orElse(false),
            ProgressFile.deadline(status)),
        RenderError.in(status),
        metadata,
        result);
  }

  private RenderProgress.Extent extent(double overall) {
    RenderProgress.Work work =
        new RenderProgress.Work(
            new RenderProgress.Frames(
                status.path("framesRendered").asInt(0),
                status.at("/encodingStatus/framesEncoded").asInt(0),
                status.path("combinedFrames").asDouble(0)),
            status.path("chunks").asInt(0),
            status.path("retriesInfo").size(),
            status.path("lambdasInvoked").asInt(0),
            status.at("/costs/accruedSoFar").decimalValue(BigDecimal.ZERO));
    return metadata
        .map(known -> known.extent(overall, work))
        .orElse(RenderProgress.Extent.of(overall, work));
  }

  private boolean chunksComplete(RenderMetadata known) {
    return known.totalChunks() > 0 && status.path("chunks").asInt(0) >= known.totalChunks();
  }

  private boolean combined(RenderMetadata known) {
    return status.path("combinedFrames").asDouble(0) >= known.frames()
        && status.path("timeToCombine").isNumber();
  }

  private RenderProgress.Result result() {
    boolean claimed = status.path("done").asBoolean(false);
    if (claimed && status.path("cleanup").path("doneIn").isNumber()) {
      return new RenderProgress.Result.Done(reported());
    }
    return metadata.isPresent()
        ? new RenderProgress.Result.Unconfirmed(claimed, reported())
        : new RenderProgress.Result.None();
  }

  private RenderOutput reported() {
    long timeToFinish = status.path("timeToFinish").asLong(0);
    JsonNode costs = status.path("costs");
    return new RenderOutput(
        location(),
        status.path("outputSizeInBytes").asLong(0),
        RenderCost.reported(
            costs.path("accruedSoFar").decimalValue(BigDecimal.ZERO),
            costs.path("displayCost").asString(""),
            metadata,
            timeToFinish),
        new RenderOutput.Work(
            status.path("framesRendered").asInt(0),
            status.path("lambdasInvoked").asInt(0),
            timeToFinish,
            metadata.map(known -> known.startedAt().plusMillis(timeToFinish))));
  }

  private RenderOutput.Location location() {
    if (status.path("outKey").isString() && status.path("outBucket").isString()) {
      return new RenderOutput.Location(
          status.path("outputFile").asString(""),
          status.path("outBucket").stringValue(),
          status.path("outKey").stringValue());
    }
    return OutputLocation.of(metadata.orElseThrow(), render)
        .reportedAs(Optional.empty(), render.region());
  }
}
