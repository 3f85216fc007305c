package dev.renderworker.worker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish to stop, and the one way to wait in this package: every wait ends when it comes. */
public final class StopSignal {
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private final Waiting waiting;

  /** A signal whose waits last as long as they say. */
  public StopSignal() {
    this((stopping, atMost) -> stopping.await(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  StopSignal(Waiting waiting) {
    this.waiting = waiting;
  }

  /** How time passes in a wait; a test has its own. */
  @FunctionalInterface
  interface Waiting {

    /**
     * Waits for the latch, at most so long.
     *
     * @return whether the latch has opened
     */
    boolean await(CountDownLatch stopping, Duration atMost) throws InterruptedException;
  }

  /** Asks everyone to stop; asking again changes nothing. */
  public void stop() {
    stopping.countDown();
    asked.complete(null);
  }

  /** Runs the action when someone asks to stop; at once where that has happened. */
  void onStop(Runnable action) {
    CompletableFuture<Void> _ = asked.thenRun(action);
  }

  /** Whether someone asked to stop. */
  public boolean stopped() {
    return stopping.getCount() == 0;
  }

  /**
   * Waits for the duration, or until someone asks to stop.
   *
   * @return whether to stop; an interrupt counts as that
   */
  public boolean await(Duration duration) {
    try {
      return waiting.await(stopping, duration);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
