package dev.renderworker.remotion.answer;

import dev.renderworker.job.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A text by which an error of the function is recognised, and what it means. */
record ErrorPattern(ErrorCode code, Pattern text) {

  /**
   * Makes one.
   *
   * @param regex found anywhere in the error, in any case
   */
  static ErrorPattern of(ErrorCode code, String regex) {
    return new ErrorPattern(code, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
  }

  /** The meaning by the first of the patterns that is found. */
  static Optional<ErrorCode> first(List<ErrorPattern> patterns, String error) {
    return patterns.stream()
        .filter(pattern -> pattern.text().matcher(error).find())
        .map(ErrorPattern::code)
        .findFirst();
  }
}
