package dev.renderworker.local.remotion;

import dev.renderworker.local.LocalNames;
import dev.renderworker.message.MessageParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Random messages of one type, made from the published schema: each field by itself satisfies it;
 * together they need not.
 */
final class RandomMessages {
  private static final double OFTEN = 0.12;
  private static final long MOST_ABOVE_LEAST = 300;

  /** Of the patterns of the schema; a pattern that is not here breaks the test, and shall. */
  private static final Map<String, List<Object>> TEXTS =
      Map.of(
          "serveUrl", List.of(LocalNames.SERVE_URL, "my-site", "http://example.com"),
          "functionName", List.of(LocalNames.FUNCTION),
          "rendererFunctionName", List.of("remotion-other"),
          "forceBucketName", List.of(LocalNames.BUCKET),
          "bucketName", List.of("my-bucket", "a.b-c.d", "000"),
          "key", List.of("a/b.mp4", "v", "!x y"),
          "outName", List.of("a.mp4", "b.mkv", "c.mov", "d.webm", "e.gif", "f.wav", "g.ü.mp4", "h"),
          "url", List.of("https://example.com/hook"),
          "endpoint", List.of("https://s3.example.com"));

  private static final List<Object> BITRATES = List.of("512K", "1.5M", "320k", "0k");

  /** Not for chance: which job it is, where it goes, and what is looked up elsewhere. */
  private static final Set<String> FIXED =
      Set.of("jobId", "type", "composition", "region", "functionName", "inputPropsUrl");

  private final JsonNode schema = load();

  private static JsonNode load() {
    try (InputStream in = MessageParser.class.getResourceAsStream("render-request.schema.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages of type {@code media} or {@code still}. */
  Arbitrary<Map<String, Object>> ofType(String type) {
    boolean still = type.equals("still");
    JsonNode own = schema.at("/allOf/" + (still ? 0 : 1) + "/then/properties");
    List<Arbitrary<Optional<Map.Entry<String, Object>>>> fields = new ArrayList<>();
    schema
        .path("properties")
        .propertyStream()
        .filter(field -> !FIXED.contains(field.getKey()))
        .filter(field -> !own.path(field.getKey()).has("$ref"))
        .forEach(
            field -> {
              JsonNode narrowed = own.path(field.getKey());
              JsonNode rule = narrowed.isMissingNode() ? field.getValue() : narrowed;
              fields.add(sometimes(field.getKey(), value(field.getKey(), rule)));
            });
    return Combinators.combine(fields)
        .as(
            chosen -> {
              Map<String, Object> message = new LinkedHashMap<>();
              message.put("type", type);
              message.put("composition", "hello");
              message.put("serveUrl", LocalNames.SERVE_URL);
              message.put("forceBucketName", LocalNames.BUCKET);
              chosen.forEach(one -> one.ifPresent(e -> message.put(e.getKey(), e.getValue())));
              return message;
            });
  }

  private static Arbitrary<Optional<Map.Entry<String, Object>>> sometimes(
      String name, Arbitrary<Object> value) {
    return value.optional(OFTEN).map(given -> given.map(v -> Map.entry(name, v)));
  }

  private Arbitrary<Object> value(String name, JsonNode rule) {
    if (rule.has("enum")) {
      List<Object> values = new ArrayList<>();
      rule.path("enum").forEach(v -> values.add(v.isNull() ? Null.VALUE : v.stringValue()));
      return Arbitraries.of(values);
    }
    JsonNode type = rule.path("type");
    List<String> types =
        type.isArray()
            ? type.valueStream().map(JsonNode::stringValue).toList()
            : List.of(type.asString("object"));
    return Arbitraries.oneOf(
        types.stream().map(t -> ofType(name, t, rule)).collect(Collectors.toList()));
  }

  private Arbitrary<Object> ofType(String name, String type, JsonNode rule) {
    return switch (type) {
      case "null" -> Arbitraries.just(Null.VALUE);
      case "boolean" -> Arbitraries.of(true, false);
      case "integer" -> integers(rule).map(n -> n);
      case "number" -> numbers(rule);
      case "string" -> texts(name, rule);
      case "array" -> pairs();
      case "object" -> objects(name, rule);
      default -> throw new AssertionError(name + " has the unknown type " + type);
    };
  }

  private static Arbitrary<Long> integers(JsonNode rule) {
    long least = rule.path("minimum").asLong(-MOST_ABOVE_LEAST);
    long most = rule.path("maximum").asLong(least + MOST_ABOVE_LEAST);
    return Arbitraries.longs().between(least, most);
  }

  private static Arbitrary<Object> numbers(JsonNode rule) {
    long least = rule.path("minimum").asLong(0);
    long most = rule.path("maximum").asLong(least + MOST_ABOVE_LEAST);
    return Arbitraries.longs()
        .between(least * 8 + 1, most * 8)
        .map(eighths -> BigDecimal.valueOf(eighths).divide(BigDecimal.valueOf(8)));
  }

  private static Arbitrary<Object> texts(String name, JsonNode rule) {
    if (!rule.has("pattern")) {
      return Arbitraries.strings().ofMaxLength(20).map(text -> text);
    }
    return Arbitraries.of(TEXTS.getOrDefault(name, BITRATES));
  }

  /** The only array is a range of frames. */
  private static Arbitrary<Object> pairs() {
    Arbitrary<Object> frame = Arbitraries.longs().between(0, 2000).map(n -> n);
    return Combinators.combine(frame, Arbitraries.oneOf(frame, Arbitraries.just(Null.VALUE)))
        .as((first, last) -> List.of(first, last));
  }

  private Arbitrary<Object> objects(String name, JsonNode rule) {
    if (name.equals("extraStartFields")) {
      return Arbitraries.of(Map.of(), Map.of("output", Map.of("type", "media")));
    }
    if (!rule.has("properties")) {
      return Arbitraries.maps(
              Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8),
              Arbitraries.strings().ofMaxLength(12))
          .ofMaxSize(4)
          .map(map -> map);
    }
    List<Arbitrary<Optional<Map.Entry<String, Object>>>> fields = new ArrayList<>();
    Set<String> required =
        rule.path("required").valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
    rule.path("properties")
        .propertyStream()
        .forEach(
            field -> {
              Arbitrary<Object> value = value(field.getKey(), field.getValue());
              fields.add(
                  required.contains(field.getKey())
                      ? value.map(v -> Optional.of(Map.entry(field.getKey(), v)))
                      : sometimes(field.getKey(), value));
            });
    return Combinators.combine(fields)
        .as(
            chosen -> {
              Map<String, Object> object = new LinkedHashMap<>();
              chosen.forEach(one -> one.ifPresent(e -> object.put(e.getKey(), e.getValue())));
              return object;
            });
  }

  /** As JSON text. */
  static String json(Object value) {
    return JsonMapper.shared().writeValueAsString(withNulls(value));
  }

  private static Object withNulls(Object value) {
    return switch (value) {
      case Null _ -> null;
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, inside) -> copy.put(key, withNulls(inside)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(inside -> copy.add(withNulls(inside)));
        yield copy;
      }
      default -> value;
    };
  }

  /** JSON's null, where a map or an optional takes none. */
  private enum Null {
    VALUE
  }
}
