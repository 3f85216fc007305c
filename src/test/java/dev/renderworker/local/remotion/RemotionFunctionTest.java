package dev.renderworker.local.remotion;

import static dev.renderworker.local.remotion.RemotionBench.goodStart;
import static dev.renderworker.local.remotion.RemotionBench.simulating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.lambda.FunctionOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-in answers as the real function did when it was recorded. */
class RemotionFunctionTest {
  private static final Duration RENDER = RenderDefaults.STANDARD.renderTime();

  private RemotionBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new RemotionBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void infoTellsTheVersion() throws Exception {
    assertEquals(
        Golden.json("function-answers/info.response.json"),
        bench.returned(Golden.json("function-answers/info.request.json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start-delete-after-bad",
        "start-serve-url-local",
        "start-serve-url-missing",
        "start-version-mismatch",
        "start-version-missing"
      })
  void refusedStartSaysWhatTheRealOneSaid(String name) throws Exception {
    JsonNode recorded = Golden.json("function-answers/" + name + ".response.json");
    JsonNode answer = bench.returned(Golden.json("function-answers/" + name + ".request.json"));
    assertEquals(Shape.of(recorded), Shape.of(answer));
    assertEquals(recorded.path("message"), answer.path("message"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-type",
        "unknown-type",
        "json-array",
        "json-null",
        "json-string",
        "status-no-bucket",
        "status-unknown-bucket",
        "status-version-mismatch",
        "status-version-missing"
      })
  void thrownErrorIsMarkedAsTheRealOneWas(String name) throws Exception {
    JsonNode recorded = Golden.json("function-answers/" + name + ".response.json");
    var outcome =
        assertInstanceOf(
            FunctionOutcome.Unhandled.class,
            bench.invoke(Golden.json("function-answers/" + name + ".request.json")));
    JsonNode answer = JsonMapper.shared().readTree(outcome.payload());
    assertEquals(Shape.of(recorded), Shape.of(answer));
    assertEquals(recorded.path("errorType"), answer.path("errorType"));
    assertEquals(recorded.path("errorMessage"), answer.path("errorMessage"));
  }

  @Test
  void unknownRenderIsNoSuchKey() throws Exception {
    var outcome = bench.invoke(RemotionBench.statusRequest("abcdefghij"));
    JsonNode answer =
        JsonMapper.shared()
            .readTree(assertInstanceOf(FunctionOutcome.Unhandled.class, outcome).payload());
    assertEquals("NoSuchKey", answer.path("errorType").stringValue());
  }

  @Test
  void freshRenderHasTheShapeOfARecordedOne() throws Exception {
    String id = bench.start(goodStart(_ -> {}));
    JsonNode first = Golden.lines("lifecycles/success/statuses.jsonl").getFirst();
    assertEquals(Shape.of(first), Shape.of(bench.status(id)));
  }

  @Test
  void runningRenderHasTheShapeOfARecordedOne() throws Exception {
    String id = bench.start(goodStart(_ -> {}));
    bench.pass(RENDER.dividedBy(2));
    JsonNode middle = Golden.lines("lifecycles/success/statuses.jsonl").get(5);
    assertEquals(Shape.of(middle), Shape.of(bench.status(id)));
  }

  @Test
  void finishedRenderHasTheShapeOfARecordedOne() throws Exception {
    String id = bench.start(goodStart(_ -> {}));
    bench.pass(RENDER);
    JsonNode last = Golden.lines("lifecycles/success/statuses.jsonl").getLast();
    assertEquals(Shape.of(last), Shape.of(bench.status(id)));
    assertEquals(
        Shape.of(Golden.json("lifecycles/success/progress.s3.json")),
        Shape.of(bench.progressFile(id)));
  }

  @ParameterizedTest
  @CsvSource({
    "script-error,fail-component-throws",
    "composition-missing,fail-composition-not-found",
    "delay-render-timeout,fail-delay-render-timeout",
    "cancelled-elsewhere,cancelled",
    "site-missing,fail-serve-url-not-remotion",
    "props-missing,fail-props-bucket-url-missing"
  })
  void failedRenderHasTheShapeOfARecordedOne(String simulation, String recording) throws Exception {
    String id = bench.start(simulating(simulation));
    bench.pass(RENDER);
    JsonNode answer = bench.status(id);
    JsonNode recorded = Golden.lines("lifecycles/" + recording + "/statuses.jsonl").getLast();
    assertEquals(withoutNumbers(recorded), withoutNumbers(answer));
    assertTrue(answer.path("fatalErrorEncountered").booleanValue());
    assertFalse(answer.path("done").booleanValue());
    assertEquals(
        recorded.path("errors").path(0).path("type"), answer.path("errors").path(0).path("type"));
  }

  /** Which numbers are null yet depends on how far the render had come. */
  private static Set<String> withoutNumbers(JsonNode status) {
    Set<String> paths = new TreeSet<>();
    Shape.of(status).forEach(path -> paths.add(path.replace(" null", "")));
    return paths;
  }

  @Test
  void everyFailureOnRequestFailsWithItsText() throws Exception {
    for (Simulation simulation : Simulation.values()) {
      if (simulation.where() != Simulation.Where.NOWHERE) {
        String id = bench.start(simulating(simulation.label()));
        bench.pass(RENDER);
        JsonNode status = bench.status(id);
        assertTrue(status.path("fatalErrorEncountered").booleanValue(), simulation.label());
        String message = status.path("errors").path(0).path("message").stringValue();
        assertEquals(simulation.message(), message);
      }
    }
  }
}
