package dev.renderworker.jobtable;

import dev.renderworker.job.Failure;
import java.util.List;

/** The errors that a record keeps: a render can report one for each of 200 chunks. */
final class ErrorLines {
  private static final int MAX_LINES = 20;

  private ErrorLines() {}

  static List<String> trimmed(List<String> lines) {
    return lines.stream().limit(MAX_LINES).map(ErrorLines::trimmed).toList();
  }

  private static String trimmed(String line) {
    return line.length() <= Failure.MAX_MESSAGE_LENGTH
        ? line
        : line.substring(0, Failure.MAX_MESSAGE_LENGTH - 1) + "…";
  }
}
