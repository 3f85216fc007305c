package dev.renderworker.remotion.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What Remotion explains about an error, by a text in its stack. */
public enum ErrorAdvice {
  /** The browser could not be launched; Remotion tries that again. */
  BROWSER_LAUNCH("zygote", "libnss3"),
  /** AWS's concurrency limit was hit. */
  CONCURRENCY_LIMIT("toomanyrequestsexception", "concurrentinvocationlimitexceeded"),
  /** The function's disk is full. */
  DISK_FULL("enospc", "no space left on device"),
  /** The function's memory does not suffice. */
  OUT_OF_MEMORY("net::err_insufficient_resources"),
  /** The browser crashed. */
  BROWSER_CRASHED("target closed.", "session closed");

  private final List<String> texts;

  ErrorAdvice(String... texts) {
    this.texts = List.of(texts);
  }

  static Optional<ErrorAdvice> on(String stack) {
    String lower = stack.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(advice -> advice.texts.stream().anyMatch(lower::contains))
        .findFirst();
  }
}
