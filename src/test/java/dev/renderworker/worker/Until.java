package dev.renderworker.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits for what another thread does. */
final class Until {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Until() {}

  /** Returns when the condition holds; fails the test when it does not in time. */
  static void holds(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  /** Returns when the latch has opened; fails the test when it does not in time. */
  static void opened(CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("a latch was not opened in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
