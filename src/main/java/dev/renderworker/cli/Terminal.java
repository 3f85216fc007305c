package dev.renderworker.cli;

import java.io.Console;
import java.util.Optional;

/** What standard output is, and text made fit for it. */
final class Terminal {
  private static final int BAR_WIDTH = 24;

  /** Whether a person looks at standard output. */
  static boolean isInteractive() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /** The text without control characters, which could rewrite the terminal; cut to the width. */
  static String plain(String text, int width) {
    String safe = text.replaceAll("\\p{Cntrl}+", " ");
    return safe.length() <= width ? safe : safe.substring(0, width - 1) + "…";
  }

  /**
   * A progress bar.
   *
   * @param progress 0 to 1
   */
  static String bar(double progress) {
    int full = (int) Math.round(Math.clamp(progress, 0, 1) * BAR_WIDTH);
    return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
  }

  private Terminal() {}
}
