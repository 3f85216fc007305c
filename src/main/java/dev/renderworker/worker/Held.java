package dev.renderworker.worker;

import java.util.concurrent.locks.ReentrantLock;

/** A message that this worker holds, with the receipt that counts. */
final class Held {
  /** Whoever talks to the queue about this message holds it; guards all fields. */
  private final ReentrantLock talking = new ReentrantLock();

  private Delivery latest;
  private long visibleUntilNanos;
  private boolean released;
  private boolean lost;

  Held(Delivery delivery, long visibleUntilNanos) {
    this.latest = delivery;
    this.visibleUntilNanos = visibleUntilNanos;
  }

  /** The newest delivery of the message: SQS wants its receipt. */
  Delivery delivery() {
    talking.lock();
    try {
      return latest;
    } finally {
      talking.unlock();
    }
  }

  /**
   * Takes the newer receipt.
   *
   * @return false, and nothing is taken, when the message is being let go
   */
  boolean redelivered(Delivery newer, long newVisibleUntilNanos) {
    talking.lock();
    try {
      if (!released) {
        latest = newer;
        visibleUntilNanos = newVisibleUntilNanos;
        lost = false;
      }
      return !released;
    } finally {
      talking.unlock();
    }
  }

  /**
   * Ends the keeping of the message's visibility, waiting for an extension that is under way: from
   * here on nothing may change the delay that is about to be set.
   */
  Delivery letGo() {
    talking.lock();
    try {
      released = true;
      return latest;
    } finally {
      talking.unlock();
    }
  }

  /** Whether the message is in the queue again by that time, for any worker to receive. */
  boolean isVisibleBy(long nanos) {
    talking.lock();
    try {
      return visibleUntilNanos - nanos <= 0;
    } finally {
      talking.unlock();
    }
  }

  /** Whether the message is still kept and comes back to the queue before that time. */
  boolean dueBefore(long nanos) {
    return !released && !lost && visibleUntilNanos - nanos < 0;
  }

  /** Gives the message up when it is visible by now; its next delivery makes it held again. */
  boolean expired(long nowNanos) {
    lost = visibleUntilNanos - nowNanos <= 0;
    return lost;
  }

  long visibleUntilNanos() {
    return visibleUntilNanos;
  }

  void keptUntil(long nanos) {
    visibleUntilNanos = nanos;
  }

  ReentrantLock talking() {
    return talking;
  }
}
