package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a dead letter says of its failure, beside the original body.
 *
 * @param jobId the job
 * @param attempts starts so far
 * @param renderId of the last attempt, where there was one
 * @param reason why
 */
public record DeadLetter(JobId jobId, int attempts, Optional<String> renderId, Reason reason) {
  /** Rejects null. */
  public DeadLetter {
    requireNonNull(jobId, "jobId");
    requireNonNull(renderId, "renderId");
    requireNonNull(reason, "reason");
  }

  /** Why, when and by whom. */
  public record Reason(ErrorCode code, String message, Instant failedAt, WorkerId worker) {
    /** Rejects null. */
    public Reason {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
      requireNonNull(failedAt, "failedAt");
      requireNonNull(worker, "worker");
    }
  }
}
