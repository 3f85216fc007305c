package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker says of itself with each sign of life, for people.
 *
 * @param inFlight messages that it holds, from 0
 * @param pausedBy why it takes no new job, where it does not
 */
public record SignOfLife(Instant at, int inFlight, Optional<Failure> pausedBy) {
  /** Rejects null. */
  public SignOfLife {
    requireNonNull(at, "at");
    requireNonNull(pausedBy, "pausedBy");
  }
}
