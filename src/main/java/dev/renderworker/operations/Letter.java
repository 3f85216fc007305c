package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message of the dead-letter queue, taken out of sight for a while.
 *
 * @param messageId SQS's id of this message
 * @param body of the request, as its producer sent it
 * @param sentAt when it was sent to the dead-letter queue
 * @param attributes what it tells of its failure; empty where SQS itself moved the message
 * @param handle by which it can be put back, sent again or deleted
 */
public record Letter(
    String messageId, String body, Instant sentAt, Map<String, String> attributes, Handle handle) {
  /** Rejects null. */
  public Letter {
    requireNonNull(messageId, "messageId");
    requireNonNull(body, "body");
    requireNonNull(sentAt, "sentAt");
    attributes = Map.copyOf(attributes);
    requireNonNull(handle, "handle");
  }

  /**
   * What the queue wants to see.
   *
   * @param receipt of this receive
   * @param messageGroupId of a FIFO queue's message
   */
  public record Handle(String receipt, Optional<String> messageGroupId) {
    /** Rejects null. */
    public Handle {
      requireNonNull(receipt, "receipt");
      requireNonNull(messageGroupId, "messageGroupId");
    }
  }

  /** The attribute of that name; empty where there is none. */
  public Optional<String> text(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }
}
