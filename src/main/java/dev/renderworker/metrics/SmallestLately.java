package dev.renderworker.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The smallest duration seen in the present minute and the one before: long enough for every scrape
 * to see it, short enough to forget.
 */
final class SmallestLately {
  private static final Duration SPAN = Duration.ofMinutes(1);

  private final InstantSource clock;

  /** Guarded by this, as are the next two; NaN where nothing was seen. */
  private double present = Double.NaN;

  private double before = Double.NaN;
  private Instant until;

  SmallestLately(InstantSource clock) {
    this.clock = clock;
    this.until = clock.instant().plus(SPAN);
  }

  synchronized void saw(Duration duration) {
    turn();
    present = smaller(present, duration.toNanos() / 1e9);
  }

  /** In seconds; NaN where nothing was seen. */
  synchronized double value() {
    turn();
    return smaller(present, before);
  }

  private void turn() {
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      before = now.isBefore(until.plus(SPAN)) ? present : Double.NaN;
      present = Double.NaN;
      until = now.plus(SPAN);
    }
  }

  private static double smaller(double one, double other) {
    if (Double.isNaN(one)) {
      return other;
    }
    return Double.isNaN(other) ? one : Math.min(one, other);
  }
}
