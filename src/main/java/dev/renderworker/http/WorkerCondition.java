package dev.renderworker.http;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Failure;
import dev.renderworker.job.WorkerId;
import java.util.Optional;

/**
 * How a worker is.
 *
 * @param inFlight messages that it holds
 * @param free how many more it would hold
 * @param receiving whether it has begun to ask for messages
 * @param stopping whether it was asked to stop
 * @param pausedBy why it takes no new job, where it does not
 */
public record WorkerCondition(
    WorkerId id,
    int inFlight,
    int free,
    boolean receiving,
    boolean stopping,
    Optional<Failure> pausedBy) {
  /** Rejects null. */
  public WorkerCondition {
    requireNonNull(id, "id");
    requireNonNull(pausedBy, "pausedBy");
  }
}
