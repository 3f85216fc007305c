package dev.renderworker.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next look at a render: half of the time that it seems to need still,
 * so that looks are rare in the middle and dense near the end. Each wait is spread by a tenth
 * either way, lest renders that began together are looked at together.
 *
 * @param shortest wait between two looks, before the spread
 * @param longest wait between two looks, before the spread
 */
public record PollPace(Duration shortest, Duration longest) {
  private static final double PART_OF_REMAINING = 0.5;

  /** Until a render has shown some progress, it counts as having as much ahead as behind it. */
  private static final double UNKNOWN = 0.5;

  private static final double JITTER = 0.1;

  /** Rejects a shortest wait that is not positive and a longest one below it. */
  public PollPace {
    if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException("0 < shortest <= longest");
    }
  }

  /**
   * The wait.
   *
   * @param progress 0 to 1, as last seen
   * @param elapsed since the render was started
   */
  public Duration next(double progress, Duration elapsed, RandomGenerator random) {
    double known = progress > 0.05 ? progress : UNKNOWN;
    long remaining = (long) (elapsed.toNanos() * (1 - known) / known * PART_OF_REMAINING);
    long wait = Math.clamp(remaining, shortest.toNanos(), longest.toNanos());
    return Duration.ofNanos((long) (wait * random.nextDouble(1 - JITTER, 1 + JITTER)));
  }
}
