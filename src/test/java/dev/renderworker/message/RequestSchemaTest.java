package dev.renderworker.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.renderworker.job.JobId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestSchemaTest {
  private final JsonNode schema = document();

  @Test
  void schemaIsAValidSchemaOfItsDraft() {
    assertEquals(
        List.of(),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(schema.path("$schema").asString()))
            .validate(schema));
  }

  @Test
  void jobIdIsAsTheVocabularyHasIt() {
    assertEquals("^" + JobId.PATTERN + "$", schema.at("/properties/jobId/pattern").asString());
  }

  @Test
  void everyFieldIsDescribed() {
    List<String> silent =
        fields(schema)
            .filter(field -> field.path("description").asString("").isBlank())
            .map(JsonNode::toString)
            .toList();

    assertEquals(List.of(), silent);
    assertFalse(fields(schema).toList().isEmpty());
  }

  @Test
  void everyDefaultIsAllowed() {
    MessageParser parser = new MessageParser(request -> List.of());

    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue().path("default");
              if (!value.isMissingNode()) {
                String type = field.getKey().equals("frame") ? "still" : "media";
                String body =
                    "{\"type\":\"%s\",\"composition\":\"c\"%s}"
                        .formatted(
                            type,
                            field.getKey().equals("type")
                                ? ""
                                : ",\"" + field.getKey() + "\":" + value);
                assertEquals(
                    "Valid", parser.parse(body).getClass().getSimpleName(), field.getKey());
              }
            });
  }

  @Test
  void optionsOfOneKindOfRenderSaySoInTheirDescription() {
    assertEquals(described("Media only."), refused("/allOf/0/then/properties"));
    assertEquals(described("Stills only."), refused("/allOf/1/then/properties"));
  }

  /** A keyword that is missing here would be explained in the validator's words, not in ours. */
  @Test
  void everyKeywordThatCanFailHasAReasonInWords() {
    assertEquals(
        new TreeSet<>(
            Set.of(
                "additionalProperties",
                "enum",
                "exclusiveMinimum",
                "maxItems",
                "maxLength",
                "maximum",
                "minItems",
                "minLength",
                "minimum",
                "not",
                "pattern",
                "required",
                "type")),
        assertions(schema));
  }

  private List<String> described(String start) {
    return schema.path("properties").properties().stream()
        .filter(field -> field.getValue().path("description").asString().startsWith(start))
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> refused(String properties) {
    return schema.at(properties).properties().stream()
        .filter(field -> field.getValue().has("$ref"))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Stream<JsonNode> fields(JsonNode schema) {
    return schema
        .path("properties")
        .valueStream()
        .flatMap(field -> Stream.concat(Stream.of(field), fields(field)));
  }

  /** The keywords below that node which neither describe nor only hold other schemas. */
  private static Set<String> assertions(JsonNode node) {
    Set<String> silent =
        Set.of(
            "$schema",
            "$id",
            "$ref",
            "$defs",
            "title",
            "description",
            "default",
            "deprecated",
            "properties",
            "prefixItems",
            "allOf",
            "if",
            "then",
            "dependentSchemas");
    Set<String> found = new TreeSet<>();
    node.propertyNames().stream().filter(keyword -> !silent.contains(keyword)).forEach(found::add);
    subschemas(node).forEach(child -> found.addAll(assertions(child)));
    return found;
  }

  private static Stream<JsonNode> subschemas(JsonNode node) {
    Stream<JsonNode> maps =
        Stream.of("properties", "$defs", "dependentSchemas", "prefixItems", "allOf")
            .flatMap(keyword -> node.path(keyword).valueStream());
    // What "if" asks for never fails a message.
    Stream<JsonNode> single =
        Stream.of("then", "additionalProperties").map(node::path).filter(JsonNode::isObject);
    return Stream.concat(maps, single);
  }

  private static JsonNode document() {
    try (InputStream in = RequestSchema.class.getResourceAsStream("render-request.schema.json")) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
