package dev.renderworker.cli;

import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waits for what a worker does; the limit is far above what any of it takes. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private Eventually() {}

  /** Returns when the condition holds. */
  static void holds(String what, BooleanSupplier condition) {
    is(() -> what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Returns the value when there is one.
   *
   * @param what says at the end of the limit what was waited for
   */
  static <T> T is(Supplier<String> what, Supplier<Optional<T>> value) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    Optional<T> found = value.get();
    while (found.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not in time: " + what.get());
      }
      NEVER.await(LOOK);
      found = value.get();
    }
    return found.get();
  }
}
