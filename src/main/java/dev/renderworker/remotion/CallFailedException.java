package dev.renderworker.remotion;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;

/** A call did not do what it was made for; the failure says what that means for the job. */
final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  CallFailedException(Failure failure) {
    super(failure.message());
    this.failure = failure;
  }

  CallFailedException(Failure failure, Throwable cause) {
    super(failure.message(), cause);
    this.failure = failure;
  }

  static CallFailedException of(ErrorCode code, String message) {
    return new CallFailedException(Faults.of(code, message));
  }

  Failure failure() {
    return failure;
  }
}
