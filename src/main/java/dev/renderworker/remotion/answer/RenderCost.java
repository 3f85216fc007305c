package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a render cost: Remotion's estimate, and the part that it leaves out. */
final class RenderCost {
  private static final int DECIMALS = 5;
  private static final long START_OF_A_FUNCTION_MS = 100;
  private static final MathContext SHOWN_DIGITS = new MathContext(5, RoundingMode.HALF_UP);
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
    BigDecimal cost = ofFunctions(metadata, millis(timings), metadata.totalChunks() + 1);
    String symbol = LambdaPrice.currencySymbol(metadata.region());
    return reported(cost, display(cost, symbol), Optional.of(metadata), timeToFinishMs);
  }

  /**
   * The cost so far: of the chunks that are done their own time, of each function still at work the
   * time since the render began (Remotion Lambda protocol, 12.4).
   */
  static BigDecimal soFar(JsonNode file, RenderMetadata metadata, Instant now) {
    long until = file.path("fatalErrorTimestamp").asLong(now.toEpochMilli());
    long elapsed = Math.max(0, until - metadata.startedAt().toEpochMilli());
    int invoked = file.path("lambdasInvoked").asInt(0);
    JsonNode timings = file.path("timings");
    long millis = millis(timings) + Math.max(0, invoked - timings.size()) * elapsed;
    return ofFunctions(metadata, millis, invoked).round(SHOWN_DIGITS);
  }

  private static long millis(JsonNode timings) {
    return timings.valueStream().mapToLong(RenderCost::millisOfChunk).sum();
  }

  private static long millisOfChunk(JsonNode chunk) {
    long rendering = chunk.path("rendered").asLong(0) - chunk.path("start").asLong(0);
    return Math.max(0, rendering) + START_OF_A_FUNCTION_MS;
  }

  private static BigDecimal ofFunctions(RenderMetadata metadata, long millis, int invocations) {
    return LambdaPrice.in(metadata.region())
        .map(price -> rounded(price.of(metadata.rendererMemoryInMb(), millis, invocations)))
        .orElse(BigDecimal.ZERO);
  }

  private static String display(BigDecimal cost, String symbol) {
    return cost.compareTo(SMALLEST_SHOWN) < 0
        ? "<" + symbol + SMALLEST_SHOWN
        : symbol + cost.setScale(3, RoundingMode.HALF_UP);
  }

  private static BigDecimal rounded(BigDecimal cost) {
    return cost.setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
