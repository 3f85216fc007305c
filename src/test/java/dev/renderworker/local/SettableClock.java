package dev.renderworker.local;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told. */
public final class SettableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** A clock that begins at this time. */
  public SettableClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /** A clock that begins at the machine's time, as signatures need it. */
  public static SettableClock fromNow() {
    return new SettableClock(InstantSource.system().instant());
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Puts it forward. */
  public void advance(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
  }
}
