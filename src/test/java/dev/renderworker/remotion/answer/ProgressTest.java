package dev.renderworker.remotion.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.remotion.Goldens;
import dev.renderworker.remotion.Requests;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Against what the real function wrote and said. */
class ProgressTest {
  private static final RenderHandle RENDER =
      new RenderHandle("abcdefghij", Requests.BUCKET, Requests.FUNCTION, "us-east-1");

  private static Stream<String> finishedLives() {
    return Goldens.lives().stream()
        .filter(life -> Goldens.exists("lifecycles/" + life + "/progress.s3.json"))
        .filter(life -> file(life).path("postRenderData").isObject());
  }

  private static Stream<String> livesWithStatuses() {
    return Goldens.lives().stream()
        .filter(life -> Goldens.exists("lifecycles/" + life + "/statuses.jsonl"));
  }

  private static JsonNode file(String life) {
    return Goldens.json("lifecycles/" + life + "/progress.s3.json");
  }

  private static List<JsonNode> statuses(String life) {
    return Goldens.text("lifecycles/" + life + "/statuses.jsonl")
        .lines()
        .map(Goldens::parse)
        .toList();
  }

  private static RenderHandle render(String life) {
    JsonNode start = Goldens.json("lifecycles/" + life + "/start.response.json");
    return new RenderHandle(
        start.path("renderId").stringValue(),
        start.path("bucketName").stringValue(),
        Requests.FUNCTION,
        "us-east-1");
  }

  @ParameterizedTest
  @MethodSource("finishedLives")
  void bucketTellsTheSameOutputAsTheFunction(String life) {
    RenderOutput fromBucket = done(ProgressFile.read(file(life), render(life)));
    RenderOutput fromFunction = done(StatusAnswer.read(statuses(life).getLast(), render(life)));

    assertEquals(fromFunction, fromBucket);
    assertTrue(fromBucket.sizeInBytes() > 0);
  }

  private static RenderOutput done(RenderProgress progress) {
    assertEquals(1, progress.extent().overall());
    assertEquals(List.of(), progress.fatalErrors());
    return assertInstanceOf(RenderProgress.Result.Done.class, progress.result()).output();
  }

  @ParameterizedTest
  @MethodSource("livesWithStatuses")
  void overallProgressIsDerivedAsTheFunctionDerivesIt(String life) {
    for (JsonNode status : statuses(life)) {
      if (!status.path("done").asBoolean(false) && status.path("type").isString()) {
        assertEquals(
            Math.min(1, status.path("overallProgress").asDouble(-1)),
            ProgressFile.read(asFile(status), RENDER).extent().overall(),
            1e-12);
      }
    }
  }

  /** The fields of the file that a status repeats. */
  private static ObjectNode asFile(JsonNode status) {
    ObjectNode file = status.deepCopy().asObject();
    file.set("framesEncoded", status.at("/encodingStatus/framesEncoded"));
    file.putNull("postRenderData");
    return file;
  }

  @Test
  void samplesOfTheProtocolComeOut() {
    ObjectNode opened = file("launch-killed-early").deepCopy().asObject();
    opened.put("serveUrlOpened", 1).put("compositionValidated", 1);
    assertEquals(0.0667, ProgressFile.read(opened, RENDER).extent().overall(), 1e-4);

    ObjectNode half = file("success").deepCopy().asObject();
    half.putNull("postRenderData").put("framesRendered", 15).put("framesEncoded", 10);
    half.put("lambdasInvoked", 2).put("combinedFrames", 0);
    ObjectNode metadata = half.path("renderMetadata").asObject();
    metadata.put("estimatedRenderLambdaInvokations", 2).putArray("frameRange").add(0).add(29);
    assertEquals(0.5333, ProgressFile.read(half, RENDER).extent().overall(), 1e-4);
  }

  @Test
  void distinctChunksCountEvenWithSound() {
    ObjectNode file = unfinished();
    assertTrue(ProgressFile.read(file, RENDER).milestones().chunksComplete());

    ArrayNode chunks = file.putArray("chunks").add(1).add(1).add(0);
    assertFalse(ProgressFile.read(file, RENDER).milestones().chunksComplete());
    chunks.add(2);
    assertTrue(ProgressFile.read(file, RENDER).milestones().chunksComplete());
  }

  @Test
  void costOfAnUnreportedEndIsReckonedFromTheChunks() {
    RenderProgress.Result.Unconfirmed unconfirmed =
        assertInstanceOf(
            RenderProgress.Result.Unconfirmed.class,
            ProgressFile.read(unfinished(), RENDER).result());

    assertEquals(new BigDecimal("0.00026"), unconfirmed.draft().cost().reported());
    assertEquals("<$0.001", unconfirmed.draft().cost().display());
  }

  private static ObjectNode unfinished() {
    return file("success").deepCopy().asObject().putNull("postRenderData");
  }

  @Test
  void costWithTheMainFunctionIsTheLargerNumber() {
    RenderOutput.Cost cost = done(ProgressFile.read(file("success"), render("success"))).cost();

    assertEquals(new BigDecimal("0.00026"), cost.reported());
    // 4.109 s at 2 GB and 0.0000133334 USD a GB-second
    assertEquals(Optional.of(new BigDecimal("0.00037")), cost.withMainFunction());
    assertEquals("$0", cost.display());
  }

  @Test
  void mainFunctionThatRendersByItselfIsCountedOnce() {
    RenderOutput.Cost cost =
        done(ProgressFile.read(file("success-concurrency-1"), render("success-concurrency-1")))
            .cost();

    assertTrue(
        cost.withMainFunction().orElseThrow().compareTo(cost.reported()) >= 0, cost.toString());
    assertTrue(
        cost.withMainFunction().orElseThrow().compareTo(cost.reported().add(cost.reported())) < 0,
        cost.toString());
  }

  @Test
  void earlyDoneOfTheFunctionIsNotBelieved() {
    List<JsonNode> statuses = statuses("overwrite-done-before-upload");
    assertTrue(statuses.getLast().path("done").booleanValue());

    RenderProgress progress = StatusAnswer.read(statuses.getLast(), RENDER);

    assertTrue(
        assertInstanceOf(RenderProgress.Result.Unconfirmed.class, progress.result()).claimed());
  }

  @Test
  void fatalErrorsOfFinishedRendersDoNotCount() {
    ObjectNode file = file("success").deepCopy().asObject();
    file.putArray("errors").addObject().put("type", "renderer").put("isFatal", true);

    done(ProgressFile.read(file, RENDER));
  }

  @Test
  void errorsThatWereRetriedOrDoNotMatterAreNotFatal() {
    ObjectNode file = unfinished();
    file.putArray("errors").addObject().put("isFatal", true).put("willRetry", true);
    assertEquals(List.of(), ProgressFile.read(file, RENDER).fatalErrors());
    assertEquals(
        List.of(), ProgressFile.fatalErrors(file("webhook-refused-500")), "a webhook's failure");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | remotionlambda-useast1-localtest01 | renders/abcdefghij/out.mp4",
        "{'codec':'h264','audioCodec':'pcm-16'} | remotionlambda-useast1-localtest01"
            + " | renders/abcdefghij/out.mkv",
        "{'codec':'gif'} | remotionlambda-useast1-localtest01 | renders/abcdefghij/out.gif",
        "{'codec':'vp9','audioCodec':null} | remotionlambda-useast1-localtest01"
            + " | renders/abcdefghij/out.webm",
        "{'codec':'wav'} | remotionlambda-useast1-localtest01 | renders/abcdefghij/out.wav",
        "{'outName':'a/b.mp4'} | remotionlambda-useast1-localtest01 | renders/abcdefghij/a/b.mp4",
        "{'outName':{'bucketName':'b','key':'k.mp4'}} | b | k.mp4"
      })
  void outputIsWhereTheFunctionPutsIt(String metadata, String bucket, String key) {
    OutputLocation location =
        OutputLocation.of(new RenderMetadata(Goldens.parse(metadata.replace('\'', '"'))), RENDER);

    assertEquals(new OutputLocation(bucket, key, true), location);
  }
}
