package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.RenderRequest;
import java.util.Optional;

/**
 * A valid request that a producer wants rendered.
 *
 * @param body the request as JSON, which becomes the message
 * @param request what the message contract made of the body
 * @param messageGroupId for a FIFO queue: whose messages are rendered one after the other
 */
public record Submission(String body, RenderRequest request, Optional<String> messageGroupId) {
  /** Rejects null. */
  public Submission {
    requireNonNull(body, "body");
    requireNonNull(request, "request");
    requireNonNull(messageGroupId, "messageGroupId");
  }
}
