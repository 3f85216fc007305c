package dev.renderworker.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Shows everything that is known of something, by name. */
final class AttributeList {
  private static final int VALUE_WIDTH = 2000;

  private AttributeList() {}

  static void print(Map<String, Object> attributes, PrintWriter out) {
    attributes.forEach((name, value) -> print(name, value, out));
    out.flush();
  }

  private static void print(String name, Object value, PrintWriter out) {
    String shown = Terminal.plain(name);
    if (value instanceof List<?> entries) {
      out.println(shown);
      entries.forEach(entry -> out.println("  " + entry(entry)));
    } else {
      out.printf("%-22s %s%n", shown, Terminal.plain(String.valueOf(value), VALUE_WIDTH));
    }
  }

  /** An entry of the history reads as a line: time, status, note. */
  private static String entry(Object entry) {
    String text =
        entry instanceof Map<?, ?> moment
            ? "%s  %-9s  %s"
                .formatted(
                    moment.get("at"),
                    moment.get("status"),
                    moment.get("note") instanceof String note ? note : "")
            : String.valueOf(entry);
    return Terminal.plain(text, VALUE_WIDTH).stripTrailing();
  }
}
