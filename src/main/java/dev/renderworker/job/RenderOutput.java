package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a finished render left and cost.
 *
 * @param location where the output is
 * @param sizeInBytes of the output; 0 where the function did not say
 * @param cost in USD
 * @param work what it took
 */
public record RenderOutput(Location location, long sizeInBytes, Cost cost, Work work) {
  /** Rejects null. */
  public RenderOutput {
    requireNonNull(location, "location");
    requireNonNull(cost, "cost");
    requireNonNull(work, "work");
  }

  /**
   * Where the output is. The URL is as the function reports it, unsigned; bucket and key are the
   * truth.
   */
  public record Location(String url, String bucket, String key) {
    /** Rejects null. */
    public Location {
      requireNonNull(url, "url");
      requireNonNull(bucket, "bucket");
      requireNonNull(key, "key");
    }
  }

  /**
   * What the render cost.
   *
   * @param reported Remotion's estimate, which leaves out the main function's own time
   * @param withMainFunction the estimate with the main function's share, where it can be computed
   * @param display the reported estimate as Remotion shows it
   */
  public record Cost(BigDecimal reported, Optional<BigDecimal> withMainFunction, String display) {
    /** Rejects null. */
    public Cost {
      requireNonNull(reported, "reported");
      requireNonNull(withMainFunction, "withMainFunction");
      requireNonNull(display, "display");
    }
  }

  /**
   * What the render took.
   *
   * @param timeToFinishMs from launch to end, in milliseconds
   * @param endedAt when it ended, by the function's clock, where it is known
   */
  public record Work(
      int framesRendered, int lambdasInvoked, long timeToFinishMs, Optional<Instant> endedAt) {
    /** Rejects null. */
    public Work {
      requireNonNull(endedAt, "endedAt");
    }
  }
}
