package dev.renderworker.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.Violation;
import dev.renderworker.remotion.request.RequestRules;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options that the official client was recorded with, sent as messages, by schema and rules.
 */
class RecordedClientOptionsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final MessageParser parser = new MessageParser(RequestRules::violations);

  @ParameterizedTest
  @MethodSource("renders")
  void optionsOfARecordedRenderAreAValidMessage(String name, ObjectNode options) {
    ParsedMessage parsed = parser.parse(options.toString());

    ParsedMessage.Valid valid = assertInstanceOf(ParsedMessage.Valid.class, parsed, name + parsed);
    assertEquals(options, MAPPER.valueToTree(valid.request().options()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad-codec | /codec",
        "codec-h264-mkv | /codec",
        "codec-h264-ts | /codec",
        "serve-url-local | /serveUrl",
        "multiple-frame-ranges | /frameRange/0",
        "quality | /quality",
        "download-bad-type | /downloadBehavior/type",
        "negative-crf | /crf",
        "bad-privacy | /privacy",
        "bad-delete-after | /deleteAfter",
        "composition-missing | /composition",
        "webhook-custom-data-too-big | /webhook/customData",
        "frames-per-lambda-and-concurrency | /framesPerLambda"
      })
  void optionsThatCannotRenderAreRefused(String name, String pointer) {
    ParsedMessage parsed = parser.parse(message(refused(name)));

    List<Violation> violations = assertInstanceOf(ParsedMessage.Invalid.class, parsed).violations();
    assertTrue(
        violations.stream().anyMatch(violation -> violation.pointer().equals(pointer)),
        violations::toString);
  }

  @Test
  void everyOptionThatTheClientSendsIsKnownToTheSchema() {
    JsonNode properties = schema().path("properties");
    JsonNode payload = golden("client-requests/minimal.payload.json");
    // What the client adds, and what it calls by another name than the caller.
    List<String> ownToTheWire = List.of("version", "type", "bucketName");

    assertEquals(
        List.of(),
        payload.propertyNames().stream()
            .filter(name -> !ownToTheWire.contains(name) && !properties.has(name))
            .toList());
  }

  @Test
  void defaultsInTheSchemaAreThoseOfTheClient() {
    JsonNode properties = schema().path("properties");
    ObjectNode payload = (ObjectNode) golden("client-requests/minimal.payload.json");
    payload.remove(List.of("type", "inputProps"));

    payload
        .properties()
        .forEach(
            field -> {
              JsonNode option = properties.path(field.getKey());
              if (option.has("default")) {
                assertEquals(option.path("default"), field.getValue(), field.getKey());
              }
            });
  }

  private static Stream<Object[]> renders() {
    return golden("client-requests/index.json")
        .valueStream()
        .filter(recorded -> recorded.path("call").asString().equals("renderMediaOnLambda"))
        .map(recorded -> new Object[] {recorded.path("name").asString(), options(recorded)});
  }

  /** Where props were too large to write down, the recording has a note in place of the options. */
  private static ObjectNode options(JsonNode recorded) {
    ObjectNode options = (ObjectNode) recorded.path("options");
    if (!options.has("note")) {
      return options;
    }
    int length = Integer.parseInt(options.path("note").asString().replaceAll("\\D+", ""));
    return MAPPER.valueToTree(
        Map.of("composition", "hello", "inputProps", Map.of("t", "x".repeat(length))));
  }

  private static JsonNode refused(String name) {
    return golden("client-errors.json")
        .valueStream()
        .filter(recorded -> recorded.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The recording has only what is special about a case, so the composition is put in. */
  private static String message(JsonNode refused) {
    ObjectNode options = (ObjectNode) refused.path("options");
    return refused.path("name").asString().equals("composition-missing")
        ? options.toString()
        : options.put("composition", "hello").toString();
  }

  private static JsonNode schema() {
    return read(RequestSchema.class.getResourceAsStream("render-request.schema.json"));
  }

  private static JsonNode golden(String name) {
    return read(RecordedClientOptionsTest.class.getResourceAsStream("/goldens/" + name));
  }

  private static JsonNode read(InputStream resource) {
    try (resource) {
      return MAPPER.readTree(resource);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
