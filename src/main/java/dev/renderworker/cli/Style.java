package dev.renderworker.cli;

/**
 * Colours for a terminal.
 *
 * @param on whether there are any
 */
record Style(boolean on) {
  private static final String END = "\u001b[0m";

  String heading(String text) {
    return in("\u001b[1m", text);
  }

  /**
   * A status in its colour.
   *
   * @param text the status, or what stands for it, padded as it may be
   */
  String status(String text) {
    String name = text.strip();
    if (name.startsWith("LOST") || name.startsWith("FAILED") || name.startsWith("REJECTED")) {
      return in("\u001b[31m", text);
    }
    return switch (name) {
      case "SUCCEEDED", "ALIVE" -> in("\u001b[32m", text);
      case "STARTING", "RENDERING" -> in("\u001b[36m", text);
      case "RETRYING", "GONE", "PAUSED" -> in("\u001b[33m", text);
      default -> text;
    };
  }

  private String in(String colour, String text) {
    return on ? colour + text + END : text;
  }
}
