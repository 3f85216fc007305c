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
import java.time.Instant;
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

  /** Here the routine adds an error of its own making to what is in the bucket. */
  private static final List<String> TIMED_OUT_BY_STATUS = List.of("fail-function-timeout");

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
    RenderOutput fromBucket = done(ProgressFile.read(file(life), render(life), Instant.EPOCH));
    RenderOutput fromFunction = done(StatusAnswer.read(statuses(life).getLast(), render(life)));

    assertEquals(fromFunction, fromBucket);
    assertTrue(fromBucket.sizeInBytes() > 0);
  }

  private static RenderOutput done(RenderProgress progress) {
    assertEquals(1, progress.extent().overall());
    assertEquals(List.of(), progress.fatalErrors());
    return assertInstanceOf(RenderProgress.Result.Done.class, progress.result()).output();
  }

  /** The last look at a render that has ended shows the same from either side, number by number. */
  @ParameterizedTest
  @MethodSource("livesWithStatuses")
  void bucketTellsTheSameLifeAsTheFunction(String life) {
    JsonNode last = statuses(life).getLast();
    Instant asked = Instant.ofEpochMilli(last.path("currentTime").asLong(0));
    RenderProgress fromFunction = StatusAnswer.read(last, render(life));
    RenderProgress fromBucket = ProgressFile.read(file(life), render(life), asked);

    assertEquals(fromFunction.metadata(), fromBucket.metadata());
    assertEquals(
        fromFunction.milestones().launched(), fromBucket.milestones().launched(), "launched");
    assertEquals(fromFunction.milestones().deadline(), fromBucket.milestones().deadline());
    if (TIMED_OUT_BY_STATUS.contains(life)) {
      assertEquals(1 + fromBucket.errors().size(), fromFunction.errors().size());
      return;
    }
    assertEquals(fromFunction.fatalErrors(), fromBucket.fatalErrors());
    assertTrue(fromBucket.errors().containsAll(fromFunction.errors()), "webhooks fail later");
    if (!life.equals("overwrite-done-before-upload")) {
      assertEquals(fromFunction.result().getClass(), fromBucket.result().getClass());
    }
    if (fromFunction.result() instanceof RenderProgress.Result.None) {
      assertEquals(fromFunction.extent(), fromBucket.extent());
    }
  }

  private static Stream<String> failedLives() {
    return livesWithStatuses()
        .filter(life -> statuses(life).getLast().path("fatalErrorEncountered").asBoolean(false))
        .filter(life -> file(life).path("renderMetadata").isObject())
        .filter(life -> !TIMED_OUT_BY_STATUS.contains(life));
  }

  /** A fatal error stops the clock of the cost. */
  @ParameterizedTest
  @MethodSource("failedLives")
  void workAndCostOfAFailedRenderAreReckonedAsTheFunctionDoes(String life) {
    assertEquals(
        StatusAnswer.read(statuses(life).getLast(), RENDER).extent(),
        ProgressFile.read(file(life), RENDER, Instant.EPOCH).extent());
  }

  @Test
  void functionsStillAtWorkCostTheTimeSinceTheRenderBegan() {
    ObjectNode file = unfinished();
    file.putArray("timings");
    file.put("lambdasInvoked", 2);
    Instant began =
        ProgressFile.read(file, RENDER, Instant.EPOCH).metadata().orElseThrow().startedAt();

    RenderProgress.Work work =
        ProgressFile.read(file, RENDER, began.plusSeconds(10)).extent().work();

    // 20 s: the check value of the protocol, 12.4, with one request more
    assertEquals(new BigDecimal("0.00054"), work.costSoFar());
    assertEquals(2, work.lambdasInvoked());
  }

  @ParameterizedTest
  @MethodSource("livesWithStatuses")
  void overallProgressIsDerivedAsTheFunctionDerivesIt(String life) {
    for (JsonNode status : statuses(life)) {
      if (!status.path("done").asBoolean(false) && status.path("type").isString()) {
        assertEquals(
            Math.min(1, status.path("overallProgress").asDouble(-1)),
            ProgressFile.read(asFile(status), RENDER, Instant.EPOCH).extent().overall(),
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
    assertEquals(0.0667, ProgressFile.read(opened, RENDER, Instant.EPOCH).extent().overall(), 1e-4);

    ObjectNode half = file("success").deepCopy().asObject();
    half.putNull("postRenderData").put("framesRendered", 15).put("framesEncoded", 10);
    half.put("lambdasInvoked", 2).put("combinedFrames", 0);
    ObjectNode metadata = half.path("renderMetadata").asObject();
    metadata.put("estimatedRenderLambdaInvokations", 2).putArray("frameRange").add(0).add(29);
    assertEquals(0.5333, ProgressFile.read(half, RENDER, Instant.EPOCH).extent().overall(), 1e-4);
  }

  @Test
  void distinctChunksCountEvenWithSound() {
    ObjectNode file = unfinished();
    assertTrue(ProgressFile.read(file, RENDER, Instant.EPOCH).milestones().chunksComplete());

    ArrayNode chunks = file.putArray("chunks").add(1).add(1).add(0);
    assertFalse(ProgressFile.read(file, RENDER, Instant.EPOCH).milestones().chunksComplete());
    chunks.add(2);
    assertTrue(ProgressFile.read(file, RENDER, Instant.EPOCH).milestones().chunksComplete());
  }

  @Test
  void costOfAnUnreportedEndIsReckonedFromTheChunks() {
    RenderProgress.Result.Unconfirmed unconfirmed =
        assertInstanceOf(
            RenderProgress.Result.Unconfirmed.class,
            ProgressFile.read(unfinished(), RENDER, Instant.EPOCH).result());

    assertEquals(new BigDecimal("0.00026"), unconfirmed.draft().cost().reported());
    assertEquals("<$0.001", unconfirmed.draft().cost().display());
  }

  /** Prices in China are in yuan, and about 7 times the figure. */
  @Test
  void costInChinaIsShownInYuan() {
    ObjectNode file = unfinished();
    file.path("renderMetadata").asObject().put("region", "cn-north-1");

    var unconfirmed =
        assertInstanceOf(
            RenderProgress.Result.Unconfirmed.class,
            ProgressFile.read(file, RENDER, Instant.EPOCH).result());

    assertEquals("¥0.002", unconfirmed.draft().cost().display());
  }

  private static ObjectNode unfinished() {
    return file("success").deepCopy().asObject().putNull("postRenderData");
  }

  @Test
  void costWithTheMainFunctionIsTheLargerNumber() {
    RenderOutput.Cost cost =
        done(ProgressFile.read(file("success"), render("success"), Instant.EPOCH)).cost();

    assertEquals(new BigDecimal("0.00026"), cost.reported());
    // 4.109 s at 2 GB and 0.0000133334 USD a GB-second
    assertEquals(Optional.of(new BigDecimal("0.00037")), cost.withMainFunction());
    assertEquals("$0", cost.display());
  }

  @Test
  void mainFunctionThatRendersByItselfIsCountedOnce() {
    RenderOutput.Cost cost =
        done(ProgressFile.read(
                file("success-concurrency-1"), render("success-concurrency-1"), Instant.EPOCH))
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

    done(ProgressFile.read(file, RENDER, Instant.EPOCH));
  }

  @Test
  void errorsThatWereRetriedOrDoNotMatterAreNotFatal() {
    ObjectNode file = unfinished();
    file.putArray("errors").addObject().put("isFatal", true).put("willRetry", true);
    assertEquals(List.of(), ProgressFile.read(file, RENDER, Instant.EPOCH).fatalErrors());
    assertEquals(
        List.of(),
        ProgressFile.read(file("webhook-refused-500"), RENDER, Instant.EPOCH).fatalErrors(),
        "a webhook's failure");
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
