package dev.renderworker.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs of life of a worker's loops: counts that go up with each round. One that stands still
 * though there is work says that its loop hangs.
 */
public final class Vitals {
  private final AtomicLong receives = new AtomicLong();
  private final AtomicLong visibilityTicks = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final AtomicInteger following = new AtomicInteger();

  /** Rounds of the receive loop; it rests while the worker is paused. */
  public long receives() {
    return receives.get();
  }

  /** Rounds of the visibility keeper. */
  public long visibilityTicks() {
    return visibilityTicks.get();
  }

  /** Looks at renders; there are none while nothing is followed. */
  public long looks() {
    return looks.get();
  }

  /** How many renders are being followed. */
  public int following() {
    return following.get();
  }

  void received() {
    receives.incrementAndGet();
  }

  void ticked() {
    visibilityTicks.incrementAndGet();
  }

  void looked() {
    looks.incrementAndGet();
  }

  void followingMore() {
    following.incrementAndGet();
  }

  void followingLess() {
    following.decrementAndGet();
  }
}
