package dev.renderworker.jobtable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How the tables write times: ISO 8601 in UTC, always with milliseconds, so that they sort. */
final class Timestamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  static String text(Instant at) {
    return FORMAT.format(at);
  }

  static Instant instant(String text) {
    return Instant.parse(text);
  }
}
