package dev.renderworker.message;

import com.networknt.schema.Error;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Says in words for a producer why a value breaks the schema. Quotes a value only where the schema
 * lists the allowed ones: no other can be told from a secret.
 */
final class SchemaReasons {
  private static final int MAX_QUOTE = 60;
  private static final int MAX_EDITS = 3;

  /** Names that producers know from elsewhere, too far from the right one to be a slip. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "quality", "jpegQuality",
          "bucketName", "forceBucketName",
          "dumpBrowserLogs", "logLevel",
          "props", "inputProps",
          "compositionId", "composition",
          "id", "jobId");

  private final JsonNode schema;

  SchemaReasons(JsonNode schema) {
    this.schema = schema;
  }

  /** Where the fault is; for a missing or an unknown field that field itself. */
  static String pointer(Error error) {
    JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
    return switch (error.getKeyword()) {
      case "required", "additionalProperties" -> at.appendProperty(error.getProperty()).toString();
      default -> at.toString();
    };
  }

  String of(Error error) {
    JsonPointer keyword = JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
    JsonNode limit = schema.at(keyword);
    JsonNode owner = schema.at(keyword.head());
    return switch (error.getKeyword()) {
      case "type" -> "has to be " + kinds(limit) + ", not " + kind(error.getInstanceNode());
      case "enum" ->
          "has to be one of " + values(limit) + ", not " + quote(error.getInstanceNode());
      case "required" -> "is missing";
      case "additionalProperties" ->
          "is no known field"
              + suggestion(error.getProperty(), owner.path("properties").propertyNames());
      case "minimum" -> "has to be at least " + limit + ", not " + quote(error.getInstanceNode());
      case "exclusiveMinimum" ->
          "has to be above " + limit + ", not " + quote(error.getInstanceNode());
      case "maximum" -> "has to be at most " + limit + ", not " + quote(error.getInstanceNode());
      case "minItems", "maxItems" -> "has to have " + limit + " elements";
      case "minLength" -> "must not be empty";
      case "maxLength" -> "has to have at most " + limit + " characters";
      case "not" -> owner.path("description").asString();
      case "pattern" ->
          "has a form that is not allowed. Expected: " + owner.path("description").asString();
      default -> error.getMessage();
    };
  }

  private static String kinds(JsonNode types) {
    return types.isString()
        ? JsonKind.ofSchemaType(types.asString())
        : types
            .valueStream()
            .map(type -> JsonKind.ofSchemaType(type.asString()))
            .collect(Collectors.joining(" or "));
  }

  private static String kind(JsonNode value) {
    return value.isFloatingPointNumber() ? "a number with a fraction" : JsonKind.of(value);
  }

  private static String values(JsonNode allowed) {
    return allowed
        .valueStream()
        .filter(value -> !value.isNull())
        .map(JsonNode::asString)
        .collect(Collectors.joining(", "));
  }

  private static String quote(JsonNode value) {
    return Printable.of(value.toString(), MAX_QUOTE);
  }

  private static String suggestion(String unknown, Collection<String> known) {
    return Optional.ofNullable(OTHER_NAMES.get(unknown))
        .filter(known::contains)
        .or(() -> NearestName.of(unknown, known, Math.min(MAX_EDITS, unknown.length() / 3)))
        .map(name -> "; did you mean " + name + "?")
        .orElse("");
  }
}
