package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import java.util.Optional;

/**
 * A render request to be sent.
 *
 * @param body the message body as JSON
 * @param jobId names the request for a FIFO queue's deduplication, where it has one
 * @param messageGroupId a FIFO queue wants one; such messages are rendered one after the other
 */
public record OutgoingRequest(String body, Optional<JobId> jobId, Optional<String> messageGroupId) {
  /** Rejects null. */
  public OutgoingRequest {
    requireNonNull(body, "body");
    requireNonNull(jobId, "jobId");
    requireNonNull(messageGroupId, "messageGroupId");
  }
}
