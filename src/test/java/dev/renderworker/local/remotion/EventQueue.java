package dev.renderworker.local.remotion;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is going to happen. Nothing runs by itself: whoever is about to look at the world calls
 * {@link #runDue} first, so ten thousand renders need no thread, and a test's clock rules them.
 */
public final class EventQueue {
  private record Event(Instant at, long number, Runnable action) {}

  private final InstantSource clock;
  private final AtomicLong lastNumber = new AtomicLong();
  private final ReentrantLock running = new ReentrantLock();
  private final PriorityBlockingQueue<Event> events =
      new PriorityBlockingQueue<>(
          64, Comparator.comparing(Event::at).thenComparingLong(Event::number));

  /** A queue on that clock. */
  public EventQueue(InstantSource clock) {
    this.clock = clock;
  }

  void schedule(Instant at, Runnable action) {
    events.add(new Event(at, lastNumber.incrementAndGet(), action));
  }

  /** Runs every event whose time has come, in order. */
  public void runDue() {
    if (nextIsDue()) {
      running.lock();
      try {
        while (nextIsDue()) {
          events.remove().action().run();
        }
      } finally {
        running.unlock();
      }
    }
  }

  private boolean nextIsDue() {
    Event next = events.peek();
    return next != null && !next.at().isAfter(clock.instant());
  }
}
