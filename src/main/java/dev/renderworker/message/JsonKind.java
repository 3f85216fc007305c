package dev.renderworker.message;

import tools.jackson.databind.JsonNode;

/** Names kinds of JSON values in words for a producer. */
final class JsonKind {
  private JsonKind() {}

  static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a string";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "something else";
    };
  }

  /** The kind that JSON Schema calls by that name. */
  static String ofSchemaType(String type) {
    return switch (type) {
      case "object" -> "an object";
      case "array" -> "a list";
      case "string" -> "a string";
      case "boolean" -> "true or false";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      default -> type;
    };
  }
}
