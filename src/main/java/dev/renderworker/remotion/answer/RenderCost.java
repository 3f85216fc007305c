package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a render cost: Remotion's estimate, and the part that it leaves out. */
final class RenderCost {
  private static final int DECIMALS = 5;
  private static final long START_OF_A_FUNCTION_MS = 100;
  private static final BigDecimal SMALLEST_SHOWN = new BigDecimal("0.001");

  private RenderCost() {}

  /** The cost as reported, completed by the main function's share. */
  static RenderOutput.Cost reported(
      BigDecimal reported, String display, Optional<RenderMetadata> metadata, long timeToFinishMs) {
    BigDecimal plain = new BigDecimal(reported.stripTrailingZeros().toPlainString());
    return new RenderOutput.Cost(
        plain, metadata.flatMap(m -> withMainFunction(plain, m, timeToFinishMs)), display);
  }

  /**
   * Remotion adds up the chunks' times only. Where the main function renders the chunks itself its
   * time contains theirs.
   */
  private static Optional<BigDecimal> withMainFunction(
      BigDecimal reported, RenderMetadata metadata, long timeToFinishMs) {
    return LambdaPrice.in(metadata.region())
        .filter(_ -> timeToFinishMs > 0 && metadata.memoryInMb() > 0)
        .map(price -> rounded(price.ofMemory(metadata.memoryInMb(), timeToFinishMs)))
        .map(main -> metadata.renderFunctions() == 0 ? main.max(reported) : main.add(reported));
  }

  /**
   * The cost of a render whose main function died before it could report one.
   *
   * @param timings of the chunks, from the progress file
   */
  static RenderOutput.Cost ofChunks(
      JsonNode timings, RenderMetadata metadata, long timeToFinishMs) {
    long millis =
        timings
            .valueStream()
            .mapToLong(
                chunk ->
                    chunk.path("rendered").asLong(0)
                        - chunk.path("start").asLong(0)
                        + START_OF_A_FUNCTION_MS)
            .sum();
    BigDecimal cost =
        LambdaPrice.in(metadata.region())
            .map(
                price ->
                    rounded(
                        price.of(
                            metadata.rendererMemoryInMb(), millis, metadata.totalChunks() + 1)))
            .orElse(BigDecimal.ZERO);
    return reported(cost, display(cost), Optional.of(metadata), timeToFinishMs);
  }

  private static String display(BigDecimal cost) {
    return cost.compareTo(SMALLEST_SHOWN) < 0
        ? "<$" + SMALLEST_SHOWN
        : "$" + cost.setScale(3, RoundingMode.HALF_UP);
  }

  private static BigDecimal rounded(BigDecimal cost) {
    return cost.setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
