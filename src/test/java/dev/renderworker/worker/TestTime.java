package dev.renderworker.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A settable clock, and the waits that go with it: while time flies, a wait moves the clock on and
 * is over; while it is frozen, a wait lasts until the test moves the clock.
 */
final class TestTime implements InstantSource {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final List<Duration> waits = new ArrayList<>();
  private Instant now = START;
  private boolean frozen;
  private int waiting;

  StopSignal stopSignal() {
    return new StopSignal(this::pass);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void freeze() {
    frozen = true;
  }

  synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Every wait so far, in order, but for those of no length. */
  synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  /** How many threads are in a wait. */
  synchronized int waiting() {
    return waiting;
  }

  private boolean pass(CountDownLatch stopping, Duration atMost) throws InterruptedException {
    if (atMost.isZero()) {
      return stopping.await(0, TimeUnit.SECONDS);
    }
    Instant end = begin(atMost);
    try {
      while (instant().isBefore(end)) {
        if (stopping.await(1, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } finally {
      end();
    }
    return stopping.getCount() == 0;
  }

  private synchronized Instant begin(Duration atMost) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    waits.add(atMost);
    waiting++;
    Instant end = now.plus(atMost);
    if (!frozen) {
      now = end;
    }
    return end;
  }

  private synchronized void end() {
    waiting--;
  }
}
