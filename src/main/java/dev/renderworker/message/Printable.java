package dev.renderworker.message;

/** Makes text from outside fit for logs, records and message attributes. */
final class Printable {
  private Printable() {}

  /**
   * The text with a replacement character for everything that is no character, cut where it is
   * longer than that many characters.
   */
  static String of(String text, int maxLength) {
    StringBuilder printable =
        text.codePoints()
            .limit(maxLength)
            .map(c -> isPrintable(c) ? c : '\uFFFD')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
    if (text.codePointCount(0, text.length()) > maxLength) {
      printable.append("...");
    }
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
