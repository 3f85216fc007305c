package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many renders this worker lets run at once: its cap, until Lambda asks to slow down.
 *
 * <p>Each time it does, the limit becomes half of what ran, and nobody starts anything for a while,
 * longer each time; each render that came through while the limit was reached raises it by one
 * (additive increase, multiplicative decrease). What was refused together counts once.
 *
 * <p>Renders that are taken over run already: they count, and wait for nobody.
 */
final class Throttle {
  private static final Logger log = LoggerFactory.getLogger(Throttle.class);
  private static final RetryBackoff HOLD =
      new RetryBackoff(Duration.ofSeconds(2), Duration.ofSeconds(60));

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** However many wait, they look 200 times a second between them. */
  private static final Duration LOOK_OF_EACH = Duration.ofMillis(5);

  private final Shift shift;
  private final Gate gate;
  private final int cap;
  private final AtomicInteger waiting = new AtomicInteger();

  /** The rest is guarded by this object. */
  private int limit;

  private int running;
  private int round;
  private int refusals;
  private Instant heldUntil = Instant.MIN;

  /**
   * Makes one whose limit is the cap.
   *
   * @param gate nobody waits for a start while it is closed
   */
  Throttle(Shift shift, Gate gate, int cap) {
    this.shift = shift;
    this.gate = gate;
    this.cap = cap;
    this.limit = cap;
  }

  /** How many renders may run at once now, from 1. */
  synchronized int limit() {
    return limit;
  }

  /**
   * Waits until a render may be started.
   *
   * @return empty when the worker stops, or pauses, before that
   */
  Optional<Place> enter() {
    waiting.incrementAndGet();
    try {
      for (Duration wait = held(); mayGoOnAfter(wait); wait = untilNextLook()) {
        Optional<Place> place = tryEnter();
        if (place.isPresent()) {
          return place;
        }
      }
      return Optional.empty();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private boolean mayGoOnAfter(Duration wait) {
    return !shift.stop().await(wait) && gate.closedBy().isEmpty();
  }

  private Duration untilNextLook() {
    Duration held = held();
    return held.isZero() ? LOOK.plus(LOOK_OF_EACH.multipliedBy(waiting.get())) : held;
  }

  /** Counts a render that runs already, or may. */
  synchronized Place join() {
    running++;
    return new Place(round);
  }

  private synchronized Optional<Place> tryEnter() {
    return running < limit && held().isZero() ? Optional.of(join()) : Optional.empty();
  }

  private synchronized Duration held() {
    Duration left = Duration.between(shift.now(), heldUntil);
    return left.isNegative() || left.compareTo(HOLD.max()) > 0 ? Duration.ZERO : left;
  }

  private synchronized void refused(int since) {
    if (since == round) {
      round++;
      refusals++;
      limit = Math.max(1, Math.min(limit, running) / 2);
      heldUntil = shift.now().plus(HOLD.after(refusals, shift.random()));
      log.warn("Lambda asks to slow down: from now on up to {} renders at once", limit);
    }
  }

  private synchronized void accepted() {
    refusals = 0;
    heldUntil = Instant.MIN;
  }

  private synchronized void left(boolean cameThrough) {
    if (cameThrough && limit < cap && running >= limit) {
      limit++;
    }
    running--;
  }

  /** One render's share of the limit, from before its start to its end here. */
  final class Place implements AutoCloseable {
    private final int since;
    private boolean refused;

    private Place(int since) {
      this.since = since;
    }

    /** Takes note of how the render ended. */
    Ending ended(Ending ending) {
      if (ending instanceof Ending.Failed(var failure, _)
          && failure.code() == ErrorCode.CONCURRENCY_LIMIT) {
        refused();
      }
      return ending;
    }

    /** Lambda has started the render. */
    void accepted() {
      Throttle.this.accepted();
    }

    /** Lambda had no room for the render, or for the functions it needs. */
    void refused() {
      refused = true;
      Throttle.this.refused(since);
    }

    @Override
    public void close() {
      left(!refused);
    }
  }
}
