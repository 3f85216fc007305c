package dev.renderworker.worker;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets so many threads talk to a service at once; the others wait their turn with little in hand.
 *
 * <p>A client's connection pool would make them wait as well, but each with a whole request built:
 * 10,000 jobs that begin together need hundreds of megabytes so.
 */
public final class Turns {
  /** More than there can be threads, and far from what a semaphore can count. */
  private static final int ALL = 1 << 30;

  private final Semaphore turns;
  private final StopSignal stop;

  /**
   * Makes one whose turns all come, however long that takes.
   *
   * @param atOnce as many as the client has connections, from 1
   */
  public Turns(int atOnce) {
    this(atOnce, new StopSignal());
  }

  /**
   * Makes one that can be given up waiting for.
   *
   * @param atOnce as many as the client has connections, from 1
   * @param stop ends every wait for a turn
   */
  public Turns(int atOnce, StopSignal stop) {
    this.turns = new Semaphore(atOnce, true);
    this.stop = stop;
    stop.onStop(() -> turns.release(ALL));
  }

  /** Makes the call when it is this thread's turn. */
  public <T> T take(Supplier<T> call) {
    turns.acquireUninterruptibly();
    try {
      return call.get();
    } finally {
      turns.release();
    }
  }

  /**
   * Makes the call when it is this thread's turn, unless the worker stops before.
   *
   * @return empty when it does; no call was made then
   */
  public <T> Optional<T> takeUnlessStopped(Supplier<T> call) {
    return take(() -> stop.stopped() ? Optional.empty() : Optional.of(call.get()));
  }
}
