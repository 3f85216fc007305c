package dev.renderworker.remotion.answer;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Remotion explains about an error, by a text in its stack. */
public enum ErrorAdvice {
  /** The browser could not be launched; Remotion tries that again. */
  BROWSER_LAUNCH("zygote|libnss3"),
  /** AWS's concurrency limit was hit. */
  CONCURRENCY_LIMIT("TooManyRequestsException|ConcurrentInvocationLimitExceeded"),
  /** The function's disk is full. */
  DISK_FULL("ENOSPC|no space left on device"),
  /** The function's memory does not suffice. */
  OUT_OF_MEMORY("net::ERR_INSUFFICIENT_RESOURCES"),
  /** The browser crashed. */
  BROWSER_CRASHED("Target closed\\.|Session closed");

  private final Pattern text;

  ErrorAdvice(String text) {
    this.text = Pattern.compile(text, Pattern.CASE_INSENSITIVE);
  }

  static Optional<ErrorAdvice> on(String stack) {
    return Arrays.stream(values()).filter(advice -> advice.text.matcher(stack).find()).findFirst();
  }
}
