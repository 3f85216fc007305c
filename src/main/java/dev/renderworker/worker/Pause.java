package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.util.Optional;

/** Waits while the gate is closed, and opens it when the environment answers again. */
final class Pause {
  private static final RetryBackoff BACKOFF =
      new RetryBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  private final Shift shift;
  private final Gate gate;

  Pause(Shift shift, Gate gate) {
    this.shift = shift;
    this.gate = gate;
  }

  /**
   * Returns when the gate is open.
   *
   * @return false when the worker stops before that
   */
  boolean awaitOpen() {
    for (int tries = 1; gate.closedBy().isPresent(); tries++) {
      if (shift.stop().await(BACKOFF.after(tries, shift.random()))) {
        return false;
      }
      if (broken().isEmpty()) {
        gate.open();
      }
    }
    return !shift.stop().stopped();
  }

  private Optional<Failure> broken() {
    try {
      shift.ports().registry().beat(shift.me(), shift.now());
    } catch (ServiceUnavailableException e) {
      return Optional.of(new Failure.OfEnvironment(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage()));
    }
    return shift.ports().renderer().check();
  }
}
