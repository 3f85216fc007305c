package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

/** What following a message's {@link ObjectPointer} gave. */
public sealed interface PointedText {

  /** The object's text. */
  record Found(String text) implements PointedText {
    /** Rejects null. */
    public Found {
      requireNonNull(text, "text");
    }
  }

  /**
   * There is nothing that may be used, and that is the message's fault.
   *
   * @param reason completes "the object that the message points to ..."
   */
  record Refused(String reason) implements PointedText {
    /** Rejects null. */
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
