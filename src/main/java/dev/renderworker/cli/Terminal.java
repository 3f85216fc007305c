package dev.renderworker.cli;

import java.io.Console;
import java.util.Optional;
import java.util.regex.Pattern;

/** What standard output is, and text made fit for it. */
final class Terminal {
  private static final int BAR_WIDTH = 24;
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+");

  /** Whether a person looks at standard output. */
  static boolean isInteractive() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /**
   * The text without what could rewrite the terminal, or the order of what is read on it: control
   * and format characters (Unicode Cc and Cf), line and paragraph separators, half characters.
   */
  static String plain(String text) {
    return UNFIT.matcher(text).replaceAll(" ");
  }

  /** The same, cut to the width. */
  static String plain(String text, int width) {
    String safe = plain(text);
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
