package dev.renderworker.local.remotion;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The shape of a JSON document: which keys it has, and whether each is null. */
final class Shape {
  private Shape() {}

  /** Every path in objects and in the first element of arrays; a null is told apart. */
  static Set<String> of(JsonNode json) {
    Set<String> paths = new TreeSet<>();
    collect(json, "", paths);
    return paths;
  }

  private static void collect(JsonNode json, String path, Set<String> paths) {
    if (json.isObject()) {
      json.properties()
          .forEach(property -> collect(property.getValue(), path + "/" + property.getKey(), paths));
    } else if (json.isArray() && !json.isEmpty()) {
      collect(json.get(0), path + "[]", paths);
    } else {
      paths.add(path + (json.isNull() ? " null" : ""));
    }
  }
}
