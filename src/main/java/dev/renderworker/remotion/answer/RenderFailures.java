package dev.renderworker.remotion.answer;

import static dev.renderworker.job.ErrorCode.BROWSER_CRASHED;
import static dev.renderworker.job.ErrorCode.COMPOSITION_ERROR;
import static dev.renderworker.job.ErrorCode.COMPOSITION_NOT_FOUND;
import static dev.renderworker.job.ErrorCode.CONCURRENCY_LIMIT;
import static dev.renderworker.job.ErrorCode.DELAY_RENDER_TIMEOUT;
import static dev.renderworker.job.ErrorCode.DISK_FULL;
import static dev.renderworker.job.ErrorCode.FLAKY_RENDER;
import static dev.renderworker.job.ErrorCode.INPUT_PROPS_MISSING;
import static dev.renderworker.job.ErrorCode.INVALID_REQUEST;
import static dev.renderworker.job.ErrorCode.OUTPUT_EXISTS;
import static dev.renderworker.job.ErrorCode.RENDER_CANCELLED;
import static dev.renderworker.job.ErrorCode.RENDER_TIMEOUT;
import static dev.renderworker.job.ErrorCode.SITE_NOT_FOUND;
import static dev.renderworker.job.ErrorCode.SITE_UNREACHABLE;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** What the errors of a failed render mean (Remotion Lambda protocol, 10.3). */
public final class RenderFailures {
  private static final int MOST_DETAILS = 20;

  /** In this order: the more telling text decides. */
  static final List<ErrorPattern> KINDS =
      List.of(
          ErrorPattern.of(RENDER_CANCELLED, "\\(\\) got cancelled"),
          ErrorPattern.of(
              CONCURRENCY_LIMIT,
              "AWS Concurrency limit reached|TooManyRequestsException|Rate Exceeded"
                  + "|InvocationLimitExceeded"),
          ErrorPattern.of(DISK_FULL, "ENOSPC|no space left on device"),
          ErrorPattern.of(
              DELAY_RENDER_TIMEOUT, "A delayRender\\(\\)[\\s\\S]*was called but not cleared after"),
          ErrorPattern.of(RENDER_TIMEOUT, "The main function timed out"),
          ErrorPattern.of(FLAKY_RENDER, "did not publish a status before the launcher deadline"),
          ErrorPattern.of(COMPOSITION_NOT_FOUND, "Could not find composition with ID"),
          ErrorPattern.of(INPUT_PROPS_MISSING, "Failed to parse input props that were serialized"),
          ErrorPattern.of(OUTPUT_EXISTS, "already exists\\. Delete it|PreconditionFailed"),
          ErrorPattern.of(INVALID_REQUEST, "specified as \"rendererFunctionName\""),
          // The render bucket took the progress, so it is the output's place or ACL that is
          // refused.
          ErrorPattern.of(
              INVALID_REQUEST,
              "AccessDenied|Access Denied|NoSuchBucket|specified bucket does not exist"
                  + "|does not allow ACLs|AccessControlListNotSupported"),
          ErrorPattern.of(
              BROWSER_CRASHED,
              "Target closed|Session closed|Page crashed|ERR_INSUFFICIENT_RESOURCES|SIGKILL"),
          ErrorPattern.of(
              SITE_UNREACHABLE,
              "ERR_NAME_NOT_RESOLVED|ERR_(CONNECTION|ADDRESS|INTERNET|NETWORK|SOCKET|TIMED)_"
                  + "|Error while getting compositions[\\s\\S]{0,300}status code:? 5\\d\\d"),
          ErrorPattern.of(
              SITE_NOT_FOUND,
              "Error while getting compositions|status code:? 4\\d\\d"
                  + "|ERR_(UNSAFE_PORT|INVALID_URL|UNKNOWN_URL_SCHEME|FILE_NOT_FOUND)"),
          ErrorPattern.of(
              FLAKY_RENDER,
              "zygote|libnss3|server sent no data|Compositor panicked"
                  + "|Compositor exited(?![\\s\\S]*SIGSEGV)"
                  + "|(Format error|audio metadata)[\\s\\S]*storage\\.googleapis\\.com"
                  + "|storage\\.googleapis\\.com[\\s\\S]*(Format error|audio metadata)"
                  + "|Timed out after .*(while setting up|waiting)"
                  + "|while trying to connect to the browser"
                  + "|socket connection to the server was not read|RequestTimeout|internal error"
                  + "|waiting for (the )?(page|function)|evaluating page function"
                  + "|rendering the component|loading (the )?root component"
                  + "|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|getaddrinfo|socket hang up|A network error occurred|\\baborted\\b"
                  + "|do not have sufficient capacity|net::ERR_"));

  /** A refusal of our parameters comes from the function's own code. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "Too many functions|needs to be|\\bmust |should (not )?be|can ?not (be|both|exceed|use frame)"
              + "|can only|not supported|unsupported|not valid|does not support|Expected (CRF|one of)"
              + "|Invalid array length|is not in ?between|set higher than|is not finite"
              + "|use only one of|unexpected codec|you have set a|format was set to"
              + "|Argument (missing|passed)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CODE_OF_THE_SITE = Pattern.compile("\\(?https?://\\S+:\\d+:\\d+");

  private RenderFailures() {}

  /**
   * What the errors mean together. A chunk's own error tells more than the whole's, which repeats a
   * stack; and where one chunk fails the others get cancelled, which tells nothing.
   *
   * @param errors at least one, all of them fatal
   */
  public static Failure.OfJob of(List<RenderError> errors) {
    RenderError telling =
        errors.stream()
            .min(
                Comparator.<RenderError, Boolean>comparing(error -> kind(error) == RENDER_CANCELLED)
                    .thenComparing(error -> !error.ofChunk()))
            .orElseThrow();
    List<String> details = errors.stream().limit(MOST_DETAILS).map(RenderFailures::detail).toList();
    return new Failure.OfJob(kind(telling), telling.reason(), details);
  }

  private static String detail(RenderError error) {
    String where = error.chunk() < 0 ? error.type() : "chunk " + error.chunk();
    String reason = error.reason();
    int shown = Math.min(reason.length(), Failure.MAX_MESSAGE_LENGTH);
    return where + ": " + reason.substring(0, shown);
  }

  /** What one error means. */
  static ErrorCode kind(RenderError error) {
    return ErrorPattern.first(KINDS, error.text())
        .orElseGet(
            () -> {
              if (error.name().equals("TimeoutError")) {
                return RENDER_TIMEOUT;
              }
              return refusesParameters(error) ? INVALID_REQUEST : COMPOSITION_ERROR;
            });
  }

  private static boolean refusesParameters(RenderError error) {
    return REFUSAL.matcher(error.message()).find()
        && !CODE_OF_THE_SITE.matcher(error.stack()).find();
  }
}
