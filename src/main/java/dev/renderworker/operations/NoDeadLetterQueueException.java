package dev.renderworker.operations;

/** There is no queue, or it has no dead-letter queue; the message says how to make one. */
public final class NoDeadLetterQueueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with the advice. */
  public NoDeadLetterQueueException(String advice) {
    super(advice);
  }
}
