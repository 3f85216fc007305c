package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a message.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901); empty for the whole body
 * @param reason what is wrong and what is allowed, in words for the producer
 */
public record Violation(String pointer, String reason) {
  /** Rejects null. */
  public Violation {
    requireNonNull(pointer, "pointer");
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return pointer.isEmpty() ? reason : pointer + ": " + reason;
  }
}
