package dev.renderworker.systemd;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;

/** A loop's sign of life, given to the watchdog. Safe for use by several threads. */
public final class Pulse {
  private enum State {
    /** Made progress since the watchdog was fed. */
    BEATEN,
    /** Made none yet. */
    DUE,
    /** Has nothing to do. */
    RESTING
  }

  private final String name;
  private final AtomicReference<State> state = new AtomicReference<>(State.BEATEN);

  Pulse(String name) {
    this.name = requireNonNull(name, "name");
  }

  /** Says that the loop made progress, or begins a round of it. */
  public void beat() {
    state.set(State.BEATEN);
  }

  /** Says that the loop waits for work: until the next beat, its silence is no hang. */
  public void rest() {
    state.set(State.RESTING);
  }

  String name() {
    return name;
  }

  boolean silent() {
    return state.get() == State.DUE;
  }

  /** Wants another beat from now on, except of a loop at rest. */
  void expect() {
    state.compareAndSet(State.BEATEN, State.DUE);
  }
}
