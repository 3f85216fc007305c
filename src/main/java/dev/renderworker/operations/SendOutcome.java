package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

/** What sending one request gave. */
public sealed interface SendOutcome {

  /** It is in the queue. */
  record Sent(String messageId) implements SendOutcome {
    /** Rejects null. */
    public Sent {
      requireNonNull(messageId, "messageId");
    }
  }

  /** SQS refused it; the others of its batch are not concerned. */
  record Refused(String reason) implements SendOutcome {
    /** Rejects null. */
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
