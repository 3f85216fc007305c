package dev.renderworker.message;

import dev.renderworker.job.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Turns a JSON tree into plain values and notes on the way what JSON can write but no request can
 * carry: text that is no Unicode, numbers that no double can hold.
 */
final class PlainValues {
  private final List<Violation> violations = new ArrayList<>();

  List<Violation> violations() {
    return violations;
  }

  Map<String, Object> of(ObjectNode object) {
    return map(object, JsonPointer.empty());
  }

  private Object value(JsonNode node, JsonPointer at) {
    return switch (node) {
      case ObjectNode object -> map(object, at);
      case ArrayNode array -> list(array, at);
      case StringNode text -> text(text.asString(), at);
      case NumericNode number -> number(number.numberValue(), at);
      case BooleanNode flag -> flag.booleanValue();
      default -> null;
    };
  }

  private Map<String, Object> map(ObjectNode object, JsonPointer at) {
    Map<String, Object> map = LinkedHashMap.newLinkedHashMap(object.size());
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonPointer inside = at.appendProperty(text(field.getKey(), at));
      map.put(field.getKey(), value(field.getValue(), inside));
    }
    return Collections.unmodifiableMap(map);
  }

  private List<Object> list(ArrayNode array, JsonPointer at) {
    List<Object> list = new ArrayList<>(array.size());
    for (JsonNode element : array) {
      list.add(value(element, at.appendIndex(list.size())));
    }
    return Collections.unmodifiableList(list);
  }

  private String text(String text, JsonPointer at) {
    if (hasHalfPair(text)) {
      violations.add(
          new Violation(at.toString(), "has half of a surrogate pair, which is no character"));
    }
    return text;
  }

  private static boolean hasHalfPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private Number number(Number number, JsonPointer at) {
    if (Double.isInfinite(number.doubleValue())) {
      violations.add(new Violation(at.toString(), "is a number too large for JavaScript"));
    }
    return number;
  }
}
