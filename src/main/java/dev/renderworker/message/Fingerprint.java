package dev.renderworker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.RenderType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Tells whether two requests ask for the same render: the SHA-256 of the request written with
 * sorted names and with numbers as JavaScript reads them, so that 1, 1.0 and 1e0 are one. An option
 * that is null stands for its default, as one that is absent.
 */
final class Fingerprint {
  /** Up to here a double holds every whole number. */
  private static final double MAX_SAFE_INTEGER = 0x1p53;

  private final StringBuilder canonical = new StringBuilder(1024);

  private Fingerprint() {}

  static String of(RenderType type, Map<String, Object> options) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.canonical.append(type.wireName());
    Map<String, Object> given = new HashMap<>(options);
    given.values().removeIf(Objects::isNull);
    fingerprint.write(given);
    return HexFormat.of().formatHex(sha256(fingerprint.canonical.toString().getBytes(UTF_8)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private void write(Object value) {
    switch (value) {
      case Map<?, ?> map -> writeMap(map);
      case List<?> list -> writeList(list);
      case String text -> writeText(text);
      case Number number -> writeNumber(number.doubleValue());
      case null, default -> canonical.append(value);
    }
  }

  private void writeMap(Map<?, ?> map) {
    canonical.append('{');
    new TreeMap<>(map)
        .forEach(
            (name, value) -> {
              writeText((String) name);
              canonical.append(':');
              write(value);
              canonical.append(',');
            });
    canonical.append('}');
  }

  private void writeList(List<?> list) {
    canonical.append('[');
    for (Object element : list) {
      write(element);
      canonical.append(',');
    }
    canonical.append(']');
  }

  private void writeText(String text) {
    canonical.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, canonical);
    canonical.append('"');
  }

  private void writeNumber(double number) {
    if (number == Math.rint(number) && Math.abs(number) <= MAX_SAFE_INTEGER) {
      canonical.append((long) number);
    } else {
      canonical.append(number);
    }
  }
}
