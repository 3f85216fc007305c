package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import dev.renderworker.job.RenderRequest;
import java.time.Instant;

/**
 * A job whose message is about to be sent.
 *
 * @param body the message body
 * @param at now
 */
public record QueuedJob(JobId jobId, RenderRequest request, String body, Instant at) {
  /** Rejects null. */
  public QueuedJob {
    requireNonNull(jobId, "jobId");
    requireNonNull(request, "request");
    requireNonNull(body, "body");
    requireNonNull(at, "at");
  }
}
