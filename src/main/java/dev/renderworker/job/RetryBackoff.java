package dev.renderworker.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter.
 *
 * @param base the ceiling of the first delay
 * @param max the ceiling of all delays
 */
public record RetryBackoff(Duration base, Duration max) {
  private static final int LAST_DOUBLING = 20;

  /** Rejects a base that is not positive and a maximum below it. */
  public RetryBackoff {
    if (!base.isPositive() || max.compareTo(base) < 0) {
      throw new IllegalArgumentException("0 < base <= max, not " + base + " and " + max);
    }
  }

  /**
   * The delay after a failed try.
   *
   * @param tries how many have failed, from 1
   * @throws IllegalArgumentException when there are fewer
   */
  public Duration after(int tries, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(ceiling(tries).toMillis() + 1));
  }

  /**
   * The longest delay after a failed try: the base, doubled with each further try, up to the
   * maximum.
   *
   * @param tries how many have failed, from 1
   * @throws IllegalArgumentException when there are fewer
   */
  public Duration ceiling(int tries) {
    if (tries < 1) {
      throw new IllegalArgumentException("tries: from 1, not " + tries);
    }
    Duration doubled = base.multipliedBy(1L << Math.min(tries - 1, LAST_DOUBLING));
    return doubled.compareTo(max) < 0 ? doubled : max;
  }
}
