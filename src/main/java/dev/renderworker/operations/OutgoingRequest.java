package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import java.util.Optional;

/**
 * A render request to be sent.
 *
 * @param body the message body as JSON
 * @param jobId the job that the request is for, where it is known before the message has an id
 * @param messageGroupId whose messages are rendered one after the other; without one, a FIFO queue
 *     takes the job id
 * @param again whether the job was sent before: then the message says whose job it is even where
 *     the body does not, and no deduplication holds it back
 */
public record OutgoingRequest(
    String body, Optional<JobId> jobId, Optional<String> messageGroupId, boolean again) {
  /** Rejects null, and a repetition without a job. */
  public OutgoingRequest {
    requireNonNull(body, "body");
    requireNonNull(jobId, "jobId");
    requireNonNull(messageGroupId, "messageGroupId");
    if (again && jobId.isEmpty()) {
      throw new IllegalArgumentException("jobId: missing");
    }
  }
}
