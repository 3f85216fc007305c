package dev.renderworker.worker;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets so many threads talk to a service at once; the others wait their turn with little in hand.
 *
 * <p>A client's connection pool would make them wait as well, but each with a whole request built:
 * 10,000 jobs that begin together need hundreds of megabytes so.
 */
public final class Turns {
  private final Semaphore turns;

  /**
   * Makes one.
   *
   * @param atOnce as many as the client has connections, from 1
   */
  public Turns(int atOnce) {
    turns = new Semaphore(atOnce, true);
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
}
