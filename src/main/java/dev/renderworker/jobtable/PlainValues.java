package dev.renderworker.jobtable;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns items into plain values that any JSON writer takes: strings, numbers, lists, maps. */
final class PlainValues {
  /** What people look for first comes first; the rest follows by name. */
  private static final List<String> FIRST =
      List.of(
          "jobId",
          "status",
          "progress",
          "composition",
          "type",
          "attempt",
          "outputUrl",
          "errorCode",
          "errorMessage");

  private static final List<String> LAST = List.of("history", "request");

  private PlainValues() {}

  static Map<String, Object> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> middle = new TreeMap<>(item);
    middle.keySet().removeAll(FIRST);
    middle.keySet().removeAll(LAST);
    Map<String, Object> plain = new LinkedHashMap<>();
    Stream.of(FIRST, List.copyOf(middle.keySet()), LAST)
        .flatMap(List::stream)
        .filter(item::containsKey)
        .forEach(name -> plain.put(name, plain(item.get(name))));
    return plain;
  }

  private static Object plain(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> number(value.n());
      case BOOL -> value.bool();
      case L -> value.l().stream().map(PlainValues::plain).toList();
      case M -> event(value.m());
      case SS -> value.ss();
      case NS, BS, B, NUL, UNKNOWN_TO_SDK_VERSION -> value.toString();
    };
  }

  private static Map<String, Object> event(Map<String, AttributeValue> entries) {
    return entries.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> plain(entry.getValue()),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /** A whole number as a long; what has decimals exactly as written. */
  private static Number number(String text) {
    BigDecimal exact = new BigDecimal(text);
    return exact.scale() <= 0 && exact.precision() <= 18
        ? (Number) exact.longValueExact()
        : (Number) exact;
  }
}
