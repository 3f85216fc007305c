package dev.renderworker.local.wire;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A fault in force: how often it struck, and the calls that it holds. */
public final class InjectedFault {
  private final int id;
  private final Fault fault;
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger holding = new AtomicInteger();
  private final Semaphore held = new Semaphore(0);
  private final CountDownLatch open = new CountDownLatch(1);
  private final AtomicReference<Response> first = new AtomicReference<>();
  private volatile boolean discarded;

  InjectedFault(int id, Fault fault) {
    this.id = id;
    this.fault = fault;
  }

  /** Its number, for the control endpoint. */
  public int id() {
    return id;
  }

  /** What it does. */
  public Fault fault() {
    return fault;
  }

  /** How many calls it befell so far. */
  public int hits() {
    int struck = seen.get() - fault.calls().skip();
    return Math.clamp(struck, 0, fault.calls().times());
  }

  /** How many calls it holds now. */
  public int holding() {
    return holding.get();
  }

  /**
   * Waits until it has taken hold of so many more calls.
   *
   * @return false if it didn't in this time
   */
  public boolean awaitHeld(int calls, Duration limit) throws InterruptedException {
    return held.tryAcquire(calls, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets every held call go on, and those that come later. */
  public void release() {
    open.countDown();
  }

  /** Closes the connection of every held call without doing more, as if the network had lost it. */
  public void discard() {
    discarded = true;
    open.countDown();
  }

  /** The answer of the first call that it befell, once that is there. */
  Optional<Response> first() {
    return Optional.ofNullable(first.get());
  }

  void answered(Response answer) {
    first.compareAndSet(null, answer);
  }

  boolean strikes() {
    int call = seen.incrementAndGet() - fault.calls().skip();
    return call >= 1 && call <= fault.calls().times();
  }

  void hold() throws InterruptedException, DroppedConnectionException {
    holding.incrementAndGet();
    held.release();
    try {
      open.await();
    } finally {
      holding.decrementAndGet();
    }
    if (discarded) {
      throw new DroppedConnectionException();
    }
  }
}
