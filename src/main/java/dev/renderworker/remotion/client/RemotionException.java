package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.remotion.answer.Faults;

/** A call did not do what it was made for; the failure says what that means for the job. */
public final class RemotionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  RemotionException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  RemotionException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  static RemotionException of(ErrorCode code, String message) {
    return new RemotionException(Faults.of(code, message));
  }

  /** What it means, and with that what may happen next. */
  public Failure failure() {
    return failure;
  }
}
