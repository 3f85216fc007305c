package dev.renderworker.remotion.answer;

import static dev.renderworker.job.ErrorCode.BROWSER_CRASHED;
import static dev.renderworker.job.ErrorCode.RENDER_TIMEOUT;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import java.util.List;
import java.util.Set;

/** What the function means when it does not render a still, which it does while we wait. */
public final class StillFailures {
  /** Said before anything is rendered. */
  private static final Set<ErrorCode> BEFORE_RENDERING =
      Set.of(
          ErrorCode.VERSION_MISMATCH,
          ErrorCode.FUNCTION_UNUSABLE,
          ErrorCode.THROTTLED,
          ErrorCode.BUCKET_REFUSED,
          ErrorCode.ACCESS_DENIED);

  private static final List<ErrorPattern> BREAKDOWNS =
      List.of(
          ErrorPattern.of(RENDER_TIMEOUT, "Sandbox\\.Timedout|Task timed out after"),
          ErrorPattern.of(
              BROWSER_CRASHED, "Runtime\\.(ExitError|OutOfMemory)|signal: killed|Runtime exited"));

  private StillFailures() {}

  /** What an answer of {@code still} that brings no still means. */
  public static Failure of(FunctionAnswer answer) {
    return switch (answer) {
      case FunctionAnswer.Refused refused -> refused(answer, refused);
      case FunctionAnswer.Crashed crashed ->
          ErrorPattern.first(BREAKDOWNS, crashed.errorType() + " " + crashed.message())
              .map(code -> Faults.of(code, crashed.message()))
              .orElseGet(() -> StartFailures.of(answer));
      case FunctionAnswer.Unreadable _, FunctionAnswer.Success _ -> StartFailures.of(answer);
    };
  }

  private static Failure refused(FunctionAnswer answer, FunctionAnswer.Refused refused) {
    Failure asStart = StartFailures.of(answer);
    if (BEFORE_RENDERING.contains(asStart.code())) {
      return asStart;
    }
    return RenderFailures.of(
        List.of(new RenderError("renderer", "", refused.message(), refused.stack(), true, -1)));
  }
}
