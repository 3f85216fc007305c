package dev.renderworker.local.remotion;

import static dev.renderworker.local.remotion.RemotionBench.goodStart;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.LocalNames;
import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.s3.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of a start: what its fields do, where its files lie, who may end it. */
class LaunchTest {
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
  void unknownCompositionFailsWithoutMetadata() throws Exception {
    String id = bench.start(goodStart(start -> start.put("composition", "nope")));
    bench.pass(RENDER);
    JsonNode status = bench.status(id);
    String message = status.path("errors").path(0).path("message").stringValue();
    assertTrue(message.startsWith("Error: Could not find composition with ID nope."), message);
    assertTrue(status.path("renderMetadata").isNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concurrency",
        "composition",
        "inputProps",
        "envVariables",
        "privacy",
        "frameRange",
        "timeoutInMilliseconds",
        "everyNthFrame",
        "concurrencyPerLambda",
        "downloadBehavior",
        "audioCodec"
      })
  void fieldLeftOutFailsTheRenderAsItDidForReal(String field) throws Exception {
    String id = bench.start(goodStart(start -> start.remove(field)));
    bench.pass(RENDER);
    JsonNode status = bench.status(id);
    assertTrue(status.path("fatalErrorEncountered").booleanValue());
    String message = status.path("errors").path(0).path("message").stringValue();
    String recorded =
        Golden.json("ablation.json").path("missing").path(field).path("message").stringValue();
    String beginning = recorded.substring(0, Math.min(recorded.length(), 20));
    assertTrue(message.startsWith(beginning), message + " / " + recorded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"enableCancellation", "outName", "imageFormat", "metadata", "webhook", "crf"})
  void fieldThatTheRealOneDoesWithoutMayBeLeftOut(String field) throws Exception {
    String id = bench.start(goodStart(start -> start.remove(field)));
    bench.pass(RENDER);
    assertTrue(bench.status(id).path("done").booleanValue());
  }

  @Test
  void missingScaleNeverEnds() throws Exception {
    String id = bench.start(goodStart(start -> start.remove("scale")));
    bench.pass(Duration.ofSeconds(100));
    JsonNode status = bench.status(id);
    assertFalse(status.path("done").booleanValue());
    assertFalse(status.path("fatalErrorEncountered").booleanValue());
  }

  @Test
  void missingCodecThrowsInEveryStatus() throws Exception {
    String id = bench.start(goodStart(start -> start.remove("codec")));
    assertInstanceOf(
        FunctionOutcome.Unhandled.class, bench.invoke(RemotionBench.statusRequest(id)));
  }

  @Test
  void metadataAndOutNameComeBackInTheProgressFile() throws Exception {
    String id =
        bench.start(
            goodStart(
                start -> {
                  start.putObject("metadata").put("jobId", "job-1").put("attempt", "2");
                  start.put("outName", "film.mp4");
                }));
    bench.pass(RENDER);
    JsonNode metadata = bench.progressFile(id).path("renderMetadata");
    assertEquals("job-1", metadata.path("metadata").path("jobId").stringValue());
    assertEquals("film.mp4", metadata.path("outName").stringValue());
    JsonNode status = bench.status(id);
    assertEquals("renders/" + id + "/film.mp4", status.path("outKey").stringValue());
    assertTrue(
        bench
            .standIns()
            .store()
            .find(LocalNames.BUCKET, "renders/" + id + "/film.mp4")
            .isPresent());
    assertEquals(1, bench.standIns().renders().startsOf("job-1"));
  }

  @Test
  void secondRenderToTheSamePlaceFailsAndTheFirstKeepsIt() throws Exception {
    ObjectNode start =
        goodStart(
            request ->
                request
                    .putObject("outName")
                    .put("bucketName", LocalNames.BUCKET)
                    .put("key", "videos/one.mp4"));
    String first = bench.start(start);
    String second = bench.start(start);
    bench.pass(RENDER);
    assertTrue(bench.status(first).path("done").booleanValue());
    JsonNode loser = bench.status(second);
    assertTrue(loser.path("fatalErrorEncountered").booleanValue());
    assertTrue(
        loser.path("errors").path(0).path("message").stringValue().contains("already exists"));
  }

  @Test
  void cancelEndsARenderThatMayBeCancelled() throws Exception {
    String id = bench.start(goodStart(start -> start.put("enableCancellation", true)));
    bench.pass(RENDER.dividedBy(4));
    cancel(id);
    bench.pass(Duration.ofMillis(1100));
    JsonNode status = bench.status(id);
    assertTrue(status.path("fatalErrorEncountered").booleanValue());
    assertEquals(1, status.path("errors").size());
    assertEquals(
        RenderError.CANCELLED, status.path("errors").path(0).path("message").stringValue());
    bench.pass(RENDER);
    assertEquals(3, bench.status(id).path("errors").size());
  }

  @Test
  void cancelIsNotNoticedByARenderThatMayNot() throws Exception {
    String id = bench.start(goodStart(_ -> {}));
    cancel(id);
    bench.pass(RENDER);
    assertTrue(bench.status(id).path("done").booleanValue());
  }

  private void cancel(String id) {
    StoredObject signal = new StoredObject(new byte[0], "application/json", Instant.EPOCH);
    bench.standIns().store().put(LocalNames.BUCKET, "renders/" + id + "/cancel.json", signal);
  }

  @Test
  void uploadedPropsAreReadAndDeletedAtTheEnd() throws Exception {
    var props =
        new StoredObject("{\"title\":\"x\"}".getBytes(UTF_8), "application/json", Instant.EPOCH);
    var store = bench.standIns().store();
    store.put(LocalNames.BUCKET, "input-props/h1.json", props);
    String id =
        bench.start(
            goodStart(
                start ->
                    start
                        .putObject("inputProps")
                        .put("type", "bucket-url")
                        .put("hash", "h1")
                        .put("bucketName", LocalNames.BUCKET)));
    bench.pass(RENDER);
    assertTrue(bench.status(id).path("done").booleanValue());
    assertTrue(store.find(LocalNames.BUCKET, "input-props/h1.json").isEmpty());
  }

  @Test
  void deleteAfterBeginsTheRenderId() throws Exception {
    assertTrue(
        bench
            .start(goodStart(start -> start.put("deleteAfter", "7-days")))
            .matches("7-days-[a-z0-9]{10}"));
  }
}
