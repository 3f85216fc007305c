package dev.renderworker.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A bucket of permits that fills up steadily. */
final class RateLimit {
  private final long capacity;
  private final long nanosPerPermit;
  private final LongSupplier nanoTime;

  /** Guarded by this object's lock: the time until which all permits are spoken for. */
  private long spentUntil;

  /**
   * Starts full.
   *
   * @param perSecond how many permits come back in a second
   * @param capacity how many can be taken at once
   * @param nanoTime a monotonic clock
   */
  RateLimit(int perSecond, int capacity, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.nanosPerPermit = Duration.ofSeconds(1).toNanos() / perSecond;
    this.nanoTime = nanoTime;
    this.spentUntil = nanoTime.getAsLong() - capacity * nanosPerPermit;
  }

  /** Takes a permit, if there is one. */
  synchronized boolean tryTake() {
    long now = nanoTime.getAsLong();
    long fullAt = now - capacity * nanosPerPermit;
    long start = spentUntil - fullAt < 0 ? fullAt : spentUntil;
    if (now - start < nanosPerPermit) {
      return false;
    }
    spentUntil = start + nanosPerPermit;
    return true;
  }
}
