package dev.renderworker.worker;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

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
  private final IntSupplier limit;
  private final StopSignal stop;

  /**
   * Makes one with all permits.
   *
   * @param cap permits, from 1
   * @param limit how many of them may be taken as of now; what is taken already stays so
   * @param stop ends a wait for a higher limit
   */
  Capacity(int cap, IntSupplier limit, StopSignal stop) {
    this.cap = cap;
    this.limit = limit;
    this.stop = stop;
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
    int others = cap - permits.availablePermits() - 1;
    int more = Math.min(BATCH, limit.getAsInt() - others) - 1;
    try {
      if (more < 0) {
        stop.await(LOOK_UP);
        permits.release();
        return 0;
      }
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
