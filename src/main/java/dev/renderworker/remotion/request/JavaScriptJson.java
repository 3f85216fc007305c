package dev.renderworker.remotion.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes plain JSON values exactly as JavaScript's {@code JSON.stringify(JSON.parse(text))} would.
 *
 * <p>The function compares, counts and echoes these texts, so they have to be the ones that the
 * official client sends: numbers are doubles, keys that look like array indices come first in
 * ascending order, lone surrogates are escaped and nothing else that need not be. Instants and
 * static files become strings that begin with {@code remotion-date:} and {@code remotion-file:},
 * which the composition turns back; such strings of a message pass through (Remotion Lambda
 * protocol, 3.1).
 */
final class JavaScriptJson {
  private static final long LARGEST_INDEX = 4_294_967_294L;
  private static final int MOST_INDEX_DIGITS = 10;

  private final StringBuilder out = new StringBuilder();

  private JavaScriptJson() {}

  /**
   * The compact JSON text.
   *
   * @param value null, Boolean, Number, String, Instant, StaticFile, List or Map with String keys,
   *     nested at will
   * @throws IllegalArgumentException when something in it is none of these
   */
  static String stringify(Object value) {
    JavaScriptJson json = new JavaScriptJson();
    json.write(value);
    return json.out.toString();
  }

  private void write(Object value) {
    switch (value) {
      case null -> out.append("null");
      case Boolean bool -> out.append(bool.booleanValue());
      case Number number -> out.append(JavaScriptNumber.format(number.doubleValue()));
      case String text -> writeString(text);
      case Instant instant -> writeString("remotion-date:" + JavaScriptDate.format(instant));
      case StaticFile file -> writeString(file.wire());
      case List<?> list -> writeArray(list);
      case Map<?, ?> map -> writeObject(map);
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    }
  }

  private void writeArray(List<?> list) {
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      write(element);
      separator = ",";
    }
    out.append(']');
  }

  private void writeObject(Map<?, ?> map) {
    out.append('{');
    String separator = "";
    for (String key : inOrder(map)) {
      out.append(separator);
      writeString(key);
      out.append(':');
      write(map.get(key));
      separator = ",";
    }
    out.append('}');
  }

  private static List<String> inOrder(Map<?, ?> map) {
    TreeMap<Long, String> indices = new TreeMap<>();
    List<String> names = new ArrayList<>(map.size());
    for (Object key : map.keySet()) {
      String name = (String) key;
      if (isIndex(name)) {
        indices.put(Long.valueOf(name), name);
      } else {
        names.add(name);
      }
    }
    List<String> ordered = new ArrayList<>(indices.values());
    ordered.addAll(names);
    return ordered;
  }

  private static boolean isIndex(String key) {
    return !key.isEmpty()
        && key.length() <= MOST_INDEX_DIGITS
        && key.chars().allMatch(c -> c >= '0' && c <= '9')
        && (key.length() == 1 || key.charAt(0) != '0')
        && Long.parseLong(key) <= LARGEST_INDEX;
  }

  private void writeString(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        writeChar(c);
      }
    }
    out.append('"');
  }

  private void writeChar(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ' || Character.isSurrogate(c)) {
          out.append("\\u").append(String.format("%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
