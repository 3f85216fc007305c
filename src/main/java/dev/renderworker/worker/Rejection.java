package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.Violation;
import java.time.Instant;
import java.util.List;

/**
 * A message that can't become a job, or not this job.
 *
 * @param jobId the producer's, else the message id
 * @param violations what is wrong with the message
 */
public record Rejection(
    JobId jobId, Delivery delivery, ErrorCode code, List<Violation> violations, Instant at) {
  /** Rejects null. */
  public Rejection {
    requireNonNull(jobId, "jobId");
    requireNonNull(delivery, "delivery");
    requireNonNull(code, "code");
    violations = List.copyOf(violations);
    requireNonNull(at, "at");
  }
}
