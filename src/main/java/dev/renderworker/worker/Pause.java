package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Waits while the gate is closed, and opens it when the environment answers again. Belongs to the
 * one thread that receives.
 */
final class Pause {
  private static final RetryBackoff BACKOFF =
      new RetryBackoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

  /** A gate that closes again sooner was opened too early: not all that breaks shows in a probe. */
  private static final Duration STEADY = Duration.ofMinutes(10);

  /** No job's record is meant: what matters is that the table answers. */
  private static final JobId PROBE = new JobId("render-worker-probe");

  private final Shift shift;
  private final Gate gate;
  private final Runnable beat;
  private int tries;
  private Instant openedAt = Instant.MIN;

  /**
   * Waits for a gate.
   *
   * @param beat writes to the workers table, which is part of the environment
   */
  Pause(Shift shift, Gate gate, Runnable beat) {
    this.shift = shift;
    this.gate = gate;
    this.beat = beat;
  }

  /**
   * Returns when the gate is open.
   *
   * @return false when the worker stops before that
   */
  boolean awaitOpen() {
    if (gate.closedBy().isPresent() && openedAt.plus(STEADY).isBefore(shift.now())) {
      tries = 0;
    }
    while (gate.closedBy().isPresent()) {
      tries++;
      if (shift.stop().await(BACKOFF.after(tries, shift.random()))) {
        return false;
      }
      if (broken().isEmpty()) {
        gate.open();
        openedAt = shift.now();
      }
    }
    return !shift.stop().stopped();
  }

  private Optional<Failure> broken() {
    try {
      beat.run();
      shift.ledger().find(PROBE);
    } catch (ServiceUnavailableException e) {
      return Optional.of(new Failure.OfEnvironment(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage()));
    }
    return shift.ports().renderer().check();
  }
}
