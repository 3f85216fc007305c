package dev.renderworker.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many more messages this worker may hold. A permit is taken before a message is asked for and
 * given back when the message is let go, so permits plus messages in flight always equal the cap.
 */
final class Capacity {
  private static final int BATCH = 10;

  /**
   * Under load, permits come back one by one; a short wait lets a batch form, which saves receive
   * calls and delays nobody by more than this.
   */
  private static final Duration LINGER = Duration.ofMillis(50);

  private static final Duration LOOK_UP = Duration.ofMillis(500);

  private final Semaphore permits;
  private final int cap;

  Capacity(int cap) {
    this.cap = cap;
    this.permits = new Semaphore(cap);
  }

  /**
   * Takes permits for one receive.
   *
   * @return 0 to 10; 0 when none came free for a moment
   */
  int take() throws InterruptedException {
    if (!permits.tryAcquire(1, LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
      return 0;
    }
    int more = Math.min(BATCH, cap) - 1;
    try {
      if (permits.tryAcquire(more, LINGER.toMillis(), TimeUnit.MILLISECONDS)) {
        return more + 1;
      }
    } catch (InterruptedException e) {
      permits.release();
      throw e;
    }
    return 1 + takeUpTo(more);
  }

  private int takeUpTo(int most) {
    int taken = 0;
    while (taken < most && permits.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  void giveBack(int count) {
    permits.release(count);
  }

  /** Permits not taken. */
  int free() {
    return permits.availablePermits();
  }
}
