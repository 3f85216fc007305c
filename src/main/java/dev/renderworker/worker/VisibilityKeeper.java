package dev.renderworker.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every message in flight invisible: extends those that have less than half of the visibility
 * timeout left, in batches of 10, and tries a failed extension again every second until the
 * timeout.
 */
final class VisibilityKeeper {
  private static final Logger log = LoggerFactory.getLogger(VisibilityKeeper.class);
  static final Duration TICK = Duration.ofSeconds(1);
  private static final int BATCH = 10;

  private final RenderQueue queue;
  private final InFlight inFlight;
  private final Duration visibilityTimeout;
  private final WorkerObserver observer;
  private final AtomicLong failures = new AtomicLong();

  VisibilityKeeper(
      RenderQueue queue, InFlight inFlight, Duration visibilityTimeout, WorkerObserver observer) {
    this.queue = queue;
    this.inFlight = inFlight;
    this.visibilityTimeout = visibilityTimeout;
    this.observer = observer;
  }

  /** Until when a message received or extended now stays invisible, on the monotonic clock. */
  long visibleUntilNanos() {
    return System.nanoTime() + visibilityTimeout.toNanos();
  }

  /** How many extensions have failed so far. */
  long failures() {
    return failures.get();
  }

  /** Extends what has less than half of its time left; to be called at each {@link #TICK}. */
  void extendDue() {
    extendDue(System.nanoTime());
  }

  void extendDue(long nowNanos) {
    long halfTime = nowNanos + visibilityTimeout.toNanos() / 2;
    List<Held> batch = new ArrayList<>(BATCH);
    for (Held held : inFlight.all()) {
      if (held.talking().tryLock()) {
        if (held.dueBefore(halfTime) && !givenUp(held, nowNanos)) {
          batch.add(held);
        } else {
          held.talking().unlock();
        }
      }
      if (batch.size() == BATCH) {
        extend(batch, nowNanos);
      }
    }
    extend(batch, nowNanos);
  }

  /** Extends and unlocks the batch, and empties it. */
  private void extend(List<Held> batch, long nowNanos) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      Set<Delivery> failed = failed(batch);
      failures.addAndGet(failed.size());
      observer.saw(
          new WorkerEvent.Extended(
              batch.size() - failed.size(), failed.size(), margin(batch, nowNanos)));
      for (Held held : batch) {
        if (!failed.contains(held.delivery())) {
          held.keptUntil(nowNanos + visibilityTimeout.toNanos());
        } else {
          givenUp(held, nowNanos);
        }
      }
    } finally {
      batch.forEach(held -> held.talking().unlock());
      batch.clear();
    }
  }

  /** A worker that was frozen for long must not hide a message that another has received since. */
  private static boolean givenUp(Held held, long nowNanos) {
    boolean expired = held.expired(nowNanos);
    if (expired) {
      log.warn(
          "{} was not kept invisible; if it comes again, its record decides",
          held.delivery().messageId());
    }
    return expired;
  }

  /** What the message nearest to its end has left. */
  private static Duration margin(List<Held> batch, long nowNanos) {
    return batch.stream()
        .map(held -> Duration.ofNanos(held.visibleUntilNanos() - nowNanos))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  private Set<Delivery> failed(List<Held> batch) {
    List<Delivery> deliveries = batch.stream().map(Held::delivery).toList();
    try {
      return Set.copyOf(queue.extend(deliveries));
    } catch (RuntimeException e) {
      log.warn("Could not extend {} messages; trying again in a second", batch.size(), e);
      return Set.copyOf(deliveries);
    }
  }
}
