package dev.renderworker.local.remotion;

import static dev.renderworker.local.remotion.RemotionBench.simulating;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.LocalNames;
import dev.renderworker.local.lambda.FunctionOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The ways in which a render goes on request, beyond plain failures. */
class SimulationTest {
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
  void timeoutShowsWhenTheRenderTimeIsOver() throws Exception {
    String id = bench.start(simulating("timeout"));
    bench.pass(RENDER.minusSeconds(1));
    assertFalse(bench.status(id).path("fatalErrorEncountered").booleanValue());
    bench.pass(Duration.ofSeconds(2));
    JsonNode status = bench.status(id);
    assertEquals("TimeoutError", status.path("errors").path(0).path("name").stringValue());
    assertTrue(status.path("fatalErrorEncountered").booleanValue());
  }

  @Test
  void renderWhoseMainFunctionDiedMayHaveItsOutput() throws Exception {
    String id = bench.start(simulating("timeout-but-output-exists"));
    bench.pass(RENDER.plusSeconds(1));
    assertFalse(bench.status(id).path("done").booleanValue());
    String key = "renders/" + id + "/out.mp4";
    assertTrue(bench.standIns().store().find(LocalNames.BUCKET, key).isPresent());
    JsonNode progress = bench.progressFile(id);
    assertEquals(
        progress.path("renderMetadata").path("totalChunks").intValue(),
        progress.path("chunks").size());
  }

  @Test
  void flakyOnceFailsTheFirstStartOfAJobOnly() throws Exception {
    ObjectNode start = simulating("flaky-once");
    start.putObject("metadata").put("jobId", "job-1");
    String first = bench.start(start);
    String second = bench.start(start);
    bench.pass(RENDER);
    assertTrue(bench.status(first).path("fatalErrorEncountered").booleanValue());
    assertTrue(bench.status(second).path("done").booleanValue());
  }

  @Test
  void lostLaunchNeverReports() throws Exception {
    String id = bench.start(simulating("lost-launch"));
    bench.pass(RENDER.multipliedBy(10));
    JsonNode status = bench.status(id);
    assertFalse(status.path("done").booleanValue());
    assertFalse(status.path("fatalErrorEncountered").booleanValue());
    assertTrue(status.path("serveUrlOpened").isNull());
    assertTrue(
        status.path("timeoutTimestamp").longValue() < status.path("currentTime").longValue());
  }

  @Test
  void startErrorLaunchesNothing() throws Exception {
    JsonNode answer = bench.returned(simulating("start-error"));
    assertEquals("Rate Exceeded.", answer.path("message").stringValue());
    assertEquals(0, bench.standIns().renders().launched());
  }

  @Test
  void startErrorMayHaveLaunchedAllTheSame() throws Exception {
    JsonNode answer = bench.returned(simulating("start-error-but-launched"));
    assertEquals("error", answer.path("type").stringValue());
    bench.pass(RENDER);
    assertEquals(1, bench.standIns().renders().finished());
  }

  @Test
  void doneMayComeTooEarlyWithAnOlderFile() throws Exception {
    String id =
        bench.start(
            with(
                simulating("premature-done"),
                start -> start.put("muted", true).put("overwrite", true)));
    bench.pass(RENDER.multipliedBy(7).dividedBy(10));
    JsonNode early = bench.status(id);
    assertTrue(early.path("done").booleanValue());
    assertTrue(early.path("cleanup").path("doneIn").isNull());
    bench.pass(RENDER);
    JsonNode late = bench.status(id);
    assertEquals(0, late.path("cleanup").path("doneIn").intValue());
    assertNotEquals(early.path("outputSizeInBytes"), late.path("outputSizeInBytes"));
  }

  private static ObjectNode with(ObjectNode start, Consumer<ObjectNode> change) {
    change.accept(start);
    return start;
  }

  @Test
  void firstStatusMayBeUnhandledAndTheNextNot() throws Exception {
    String id = bench.start(simulating("unhandled-status-once"));
    assertInstanceOf(
        FunctionOutcome.Unhandled.class, bench.invoke(RemotionBench.statusRequest(id)));
    assertFalse(bench.status(id).path("done").booleanValue());
  }

  @Test
  void progressMayFall() throws Exception {
    String id = bench.start(simulating("progress-falls"));
    bench.pass(RENDER.multipliedBy(49).dividedBy(100));
    double before = bench.status(id).path("overallProgress").doubleValue();
    bench.pass(RENDER.dividedBy(10));
    assertTrue(bench.status(id).path("overallProgress").doubleValue() < before);
    bench.pass(RENDER);
    assertTrue(bench.status(id).path("done").booleanValue());
  }

  @Test
  void errorsMayGrowAfterTheFirstFatalOne() throws Exception {
    String id = bench.start(simulating("errors-grow"));
    bench.pass(RENDER.multipliedBy(41).dividedBy(100));
    assertEquals(1, bench.status(id).path("errors").size());
    bench.pass(RENDER);
    assertEquals(3, bench.status(id).path("errors").size());
  }

  @Test
  void renderMaySurviveAChunksError() throws Exception {
    String id = bench.start(simulating("chunk-retry"));
    bench.pass(RENDER.dividedBy(2));
    JsonNode status = bench.status(id);
    assertFalse(status.path("fatalErrorEncountered").booleanValue());
    assertEquals(1, status.path("errors").size());
    bench.pass(RENDER);
    assertTrue(bench.status(id).path("done").booleanValue());
  }

  @Test
  void renderTakesAsLongAsItsPropSays() throws Exception {
    ObjectNode start = simulating("none");
    start.putObject("inputProps").put("type", "payload").put("payload", "{\"renderSeconds\":0.5}");
    String id = bench.start(start);
    bench.pass(Duration.ofMillis(500));
    assertTrue(bench.status(id).path("done").booleanValue());
  }
}
