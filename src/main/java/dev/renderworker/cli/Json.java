package dev.renderworker.cli;

import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON for scripts, one value a line. */
final class Json {
  /** JSON lets these stand as they are in a string, and a terminal may obey them. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private Json() {}

  static String line(Object value) {
    return UNFIT
        .matcher(JsonMapper.shared().writeValueAsString(value))
        .replaceAll(match -> escaped(match.group()));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(unit -> escaped.append("\\\\u%04x".formatted(unit)));
    return escaped.toString();
  }
}
