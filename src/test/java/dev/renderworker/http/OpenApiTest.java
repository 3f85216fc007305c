package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Holds the description of the API against the code. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private final Site site = new Site();
  private final JsonNode description = site.get("/openapi.json").json();

  @AfterAll
  void close() {
    site.close();
  }

  /** Whether each route asks for the credentials, by method and path. */
  private Map<String, Boolean> described() {
    Map<String, Boolean> routes = new TreeMap<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            routes.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                !operation.getValue().has("security"))));
    return routes;
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Map<String, Boolean> routes =
        site.api().stream()
            .collect(
                Collectors.toMap(
                    route -> route.method() + " " + route.template(),
                    route -> route.access() == Route.Access.CREDENTIALS));

    assertEquals(new TreeMap<>(routes), described());
    assertEquals("3.1.0", description.path("openapi").asString());
  }

  @Test
  void namesEveryStatusOfAJob() {
    assertEquals(
        Arrays.stream(JobStatus.values()).map(Enum::name).toList(),
        description.at("/components/schemas/Status/enum").values().stream()
            .map(JsonNode::asString)
            .toList());
  }

  @Test
  void knowsWhatAnIdLooksLike() {
    assertEquals(
        "^" + JobId.PATTERN + "$",
        description.at("/paths/~1jobs~1{jobId}/get/parameters/0/schema/pattern").asString());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    description.findValues("$ref").forEach(this::followed);
  }

  private void followed(JsonNode reference) {
    assertTrue(description.at(reference.asString().substring(1)).isObject(), reference.asString());
  }

  @Test
  void problemsAreAsDescribed() {
    JsonNode problem = site.post("/render", "{}").json();

    description
        .at("/components/schemas/Problem/required")
        .values()
        .forEach(field -> assertTrue(problem.has(field.asString()), field.asString()));
    assertTrue(problem.at("/violations/0/reason").isString());
  }
}
