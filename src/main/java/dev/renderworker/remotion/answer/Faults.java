package dev.renderworker.remotion.answer;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;

/** Puts an error code into the case of {@link Failure} that says what may happen next. */
public final class Faults {
  private Faults() {}

  /** The failure of that code. */
  public static Failure of(ErrorCode code, String message) {
    return switch (code) {
      case THROTTLED, SERVICE_UNAVAILABLE, CONCURRENCY_LIMIT ->
          new Failure.Throttled(code, message);
      case START_UNCERTAIN -> new Failure.Uncertain(message);
      default ->
          switch (code.blame()) {
            case JOB -> new Failure.OfJob(code, message);
            case ENVIRONMENT -> new Failure.OfEnvironment(code, message);
          };
    };
  }

  /**
   * Blames the job for what it chose itself: one message that names a function or a bucket which
   * does not exist must neither halt the others nor be tried for ever.
   */
  public static Failure chosenByMessage(Failure failure) {
    return switch (failure) {
      case Failure.OfEnvironment environment ->
          new Failure.OfJob(
              environment.code() == ErrorCode.FUNCTION_MISSING
                  ? ErrorCode.FUNCTION_NOT_FOUND
                  : ErrorCode.INVALID_REQUEST,
              environment.code() + " for what the message names: " + environment.message());
      case Failure.OfJob _, Failure.Throttled _, Failure.Uncertain _ -> failure;
    };
  }
}
