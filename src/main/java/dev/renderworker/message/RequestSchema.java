package dev.renderworker.message;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.renderworker.job.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published JSON Schema of a render request, compiled. */
final class RequestSchema {
  /** Beside this class in the jar. */
  private static final String RESOURCE = "render-request.schema.json";

  private final Schema compiled;
  private final SchemaReasons reasons;

  private RequestSchema(JsonNode document) {
    SchemaRegistryConfig config = SchemaRegistryConfig.builder().preloadSchema(true).build();
    this.compiled =
        SchemaRegistry.withDialect(
                Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(config))
            .getSchema(document);
    this.reasons = new SchemaReasons(document);
  }

  static RequestSchema load() {
    try (InputStream in = RequestSchema.class.getResourceAsStream(RESOURCE)) {
      return new RequestSchema(new JsonMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One violation for each place that breaks the schema; none where all is well.
   *
   * @param limit of the list: a body can break the schema in tens of thousands of places
   */
  List<Violation> check(JsonNode message, int limit) {
    List<Error> errors = compiled.validate(message);
    if (errors.isEmpty()) {
      return List.of();
    }
    // Where several keywords fail at one place, the first is the type, which explains the others.
    Map<String, Error> byPlace = new LinkedHashMap<>();
    for (Error error : errors) {
      byPlace.putIfAbsent(SchemaReasons.pointer(error), error);
    }
    return byPlace.entrySet().stream()
        .limit(limit)
        .map(entry -> new Violation(entry.getKey(), reasons.of(entry.getValue())))
        .toList();
  }
}
