package dev.renderworker.remotion.answer;

import static dev.renderworker.job.ErrorCode.ACCESS_DENIED;
import static dev.renderworker.job.ErrorCode.BUCKET_REFUSED;
import static dev.renderworker.job.ErrorCode.FUNCTION_UNUSABLE;
import static dev.renderworker.job.ErrorCode.INVALID_REQUEST;
import static dev.renderworker.job.ErrorCode.PAYLOAD_TOO_LARGE;
import static dev.renderworker.job.ErrorCode.START_UNCERTAIN;
import static dev.renderworker.job.ErrorCode.THROTTLED;
import static dev.renderworker.job.ErrorCode.VERSION_MISMATCH;

import dev.renderworker.job.Failure;
import java.util.List;

/**
 * What the function means when it does not start a render (Remotion Lambda protocol, 10.2).
 *
 * <p>The function launches first and writes the first progress afterwards. So an error of the
 * launch itself is certain, while a passing fault of the bucket leaves a launch behind.
 */
public final class StartFailures {
  private static final List<ErrorPattern> REFUSALS =
      List.of(
          ErrorPattern.of(VERSION_MISMATCH, "^Version mismatch"),
          ErrorPattern.of(PAYLOAD_TOO_LARGE, "^Payload is too big"),
          ErrorPattern.of(FUNCTION_UNUSABLE, "^Command not found"),
          ErrorPattern.of(INVALID_REQUEST, "only render based on a URL in the cloud"),
          ErrorPattern.of(INVALID_REQUEST, "Expected deleteAfter value|life ?cycle value"),
          ErrorPattern.of(BUCKET_REFUSED, "You have multiple buckets"),
          ErrorPattern.of(ACCESS_DENIED, "not authorized to perform: lambda:"),
          ErrorPattern.of(
              BUCKET_REFUSED,
              "NoSuchBucket|specified bucket does not exist|AccessDenied|Access Denied"
                  + "|does not allow ACLs|AccessControlListNotSupported|not authorized to perform"),
          ErrorPattern.of(
              THROTTLED, "TooManyRequestsException|Rate Exceeded|InvocationLimitExceeded"),
          ErrorPattern.of(
              START_UNCERTAIN,
              "SlowDown|reduce your request rate|ServiceUnavailable|Service Unavailable"
                  + "|InternalError|internal error|ServiceException|UnknownError"
                  + "|ECONNRESET|ECONNREFUSED|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOTFOUND"
                  + "|socket hang up|TimeoutError|RequestTimeout"));

  private static final List<ErrorPattern> BREAKDOWNS =
      List.of(
          ErrorPattern.of(VERSION_MISMATCH, "Version mismatch"),
          ErrorPattern.of(INVALID_REQUEST, "Expected deleteAfter value|life ?cycle value"),
          ErrorPattern.of(
              FUNCTION_UNUSABLE,
              "Command not found|Runtime\\.(ImportModuleError|HandlerNotFound|MalformedHandlerName"
                  + "|UserCodeSyntaxError|InvalidEntrypoint|InvalidWorkingDir|MissingRuntime)"));

  private StartFailures() {}

  /** What an answer of {@code start} that brings no render means. */
  public static Failure of(FunctionAnswer answer) {
    return switch (answer) {
      case FunctionAnswer.Refused refused ->
          Faults.of(
              ErrorPattern.first(REFUSALS, refused.message() + "\n" + refused.stack())
                  .orElse(INVALID_REQUEST),
              refused.message());
      // Anything else that a function throws that understood `info` is a breakdown on its way.
      case FunctionAnswer.Crashed crashed ->
          Faults.of(
              ErrorPattern.first(BREAKDOWNS, crashed.errorType() + " " + crashed.message())
                  .orElse(START_UNCERTAIN),
              crashed.message());
      case FunctionAnswer.Unreadable unreadable -> new Failure.Uncertain(unreadable.reason());
      case FunctionAnswer.Success _ ->
          new Failure.Uncertain("the function answered without a render id");
    };
  }
}
