package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the answer of the {@code still} routine (Remotion Lambda protocol, 6). */
public final class StillAnswer {
  private StillAnswer() {}

  /**
   * The finished still.
   *
   * @param took how long the answer took; the function doesn't say
   */
  public static RenderOutput output(
      JsonNode answer, RenderRequest request, RenderHandle render, Duration took) {
    BigDecimal cost = answer.at("/estimatedPrice/accruedSoFar").decimalValue(BigDecimal.ZERO);
    return new RenderOutput(
        new RenderOutput.Location(
            answer.path("output").asString(""),
            outputBucket(request).orElse(render.bucketName()),
            answer.path("outKey").stringValue()),
        answer.path("sizeInBytes").asLong(answer.path("size").asLong(0)),
        new RenderOutput.Cost(
            cost, Optional.of(cost), answer.at("/estimatedPrice/displayCost").asString("")),
        new RenderOutput.Work(1, 1, took.toMillis(), Optional.empty()));
  }

  /** The answer names the render's bucket, which need not be the output's. */
  private static Optional<String> outputBucket(RenderRequest request) {
    return request.options().get("outName") instanceof Map<?, ?> outName
            && outName.get("bucketName") instanceof String bucket
        ? Optional.of(bucket)
        : Optional.empty();
  }
}
