package dev.renderworker.remotion.request;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes instants as ECMAScript does (ECMA-262, Date.prototype.toISOString). */
final class JavaScriptDate {
  private static final int MOST_OF_FOUR_DIGITS = 9999;

  private static final DateTimeFormatter AFTER_YEAR =
      DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

  private JavaScriptDate() {}

  /** In UTC, cut to milliseconds. */
  static String format(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    return year(time.getYear()) + AFTER_YEAR.format(time);
  }

  private static String year(int year) {
    return year >= 0 && year <= MOST_OF_FOUR_DIGITS
        ? String.format(Locale.ROOT, "%04d", year)
        : String.format(Locale.ROOT, "%+07d", year);
  }
}
