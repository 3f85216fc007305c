package dev.renderworker.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.remotion.answer.ProgressFile;
import dev.renderworker.remotion.answer.RenderProgress;
import dev.renderworker.remotion.answer.StatusAnswer;
import dev.renderworker.remotion.client.OutputProbe;
import dev.renderworker.remotion.client.ProgressReading;
import dev.renderworker.worker.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replays recorded lives, and moves time on where their end never came. */
class RenderJudgeTest {
  private static final RenderHandle RENDER =
      new RenderHandle("abcdefghij", Requests.BUCKET, Requests.FUNCTION, "us-east-1");
  private static final RenderJudge JUDGE = new RenderJudge(Duration.ofMinutes(5));

  private static Stream<String> followedLives() {
    return Goldens.lives().stream()
        .filter(life -> Goldens.exists("lifecycles/" + life + "/statuses.jsonl"));
  }

  @ParameterizedTest
  @MethodSource("followedLives")
  void everyRecordedLifeComesToItsRightEnd(String life) {
    List<JsonNode> statuses =
        Goldens.text("lifecycles/" + life + "/statuses.jsonl").lines().map(Goldens::parse).toList();
    for (JsonNode status : statuses) {
      Instant asked = Instant.ofEpochMilli(status.path("currentTime").asLong(0));
      Sighting sighting = judge(StatusAnswer.read(status, RENDER), asked, OutputProbe.Absent::new);
      boolean finished =
          status.path("done").asBoolean(false) && status.at("/cleanup/doneIn").isNumber();
      assertEquals(
          finished
              ? Sighting.Done.class
              : status.path("fatalErrorEncountered").asBoolean(false)
                  ? Sighting.Ended.class
                  : Sighting.Running.class,
          sighting.getClass(),
          life);
    }
  }

  @ParameterizedTest
  @MethodSource("followedLives")
  void lastProgressInTheBucketTellsTheSameEnd(String life) {
    JsonNode outcome = Goldens.json("lifecycles/" + life + "/outcome.json");
    RenderProgress progress =
        ProgressFile.read(
            Goldens.json("lifecycles/" + life + "/progress.s3.json"), RENDER, Instant.EPOCH);

    Sighting sighting =
        judge(progress, progress.milestones().deadline().orElseThrow(), OutputProbe.Absent::new);

    boolean early = life.equals("overwrite-done-before-upload");
    boolean ownDeadline = life.equals("fail-function-timeout");
    assertEquals(
        outcome.path("done").asBoolean(false) && !early
            ? Sighting.Done.class
            : outcome.path("fatalErrorEncountered").asBoolean(false) && !ownDeadline
                ? Sighting.Ended.class
                : Sighting.Running.class,
        sighting.getClass());
  }

  @Test
  void mainFunctionThatWasEndedIsATimeoutAfterAMargin() {
    RenderProgress progress =
        ProgressFile.read(
            Goldens.json("lifecycles/fail-function-timeout/progress.s3.json"),
            RENDER,
            Instant.EPOCH);
    Instant deadline = progress.milestones().deadline().orElseThrow();

    assertInstanceOf(Sighting.Running.class, at(progress, deadline.plusSeconds(20)));
    assertEquals(
        ErrorCode.RENDER_TIMEOUT, ended(at(progress, deadline.plusSeconds(20).plusMillis(1))));
  }

  @Test
  void launchThatNeverReportedIsGivenTimeToComeLate() {
    RenderProgress progress =
        ProgressFile.read(
            Goldens.json("lifecycles/launch-killed-early/progress.s3.json"), RENDER, Instant.EPOCH);
    Instant deadline = progress.milestones().deadline().orElseThrow();
    Instant patience = deadline.plusSeconds(20).plus(Duration.ofMinutes(5));

    assertInstanceOf(Sighting.Running.class, at(progress, patience));
    assertEquals(ErrorCode.RENDER_LOST, ended(at(progress, patience.plusMillis(1))));
  }

  @Test
  void launchThatReportedAndDiedEarlyIsLostSooner() {
    ObjectNode file =
        Goldens.json("lifecycles/launch-killed-early/progress.s3.json").deepCopy().asObject();
    RenderProgress progress =
        ProgressFile.read(file.put("serveUrlOpened", 1), RENDER, Instant.EPOCH);
    Instant deadline = progress.milestones().deadline().orElseThrow();

    assertEquals(ErrorCode.RENDER_LOST, ended(at(progress, deadline.plusSeconds(21))));
  }

  private static Sighting judge(
      RenderProgress progress, Instant now, Supplier<OutputProbe> output) {
    return JUDGE.judge(new ProgressReading.Seen(progress, Optional.empty()), now, output);
  }

  private static Sighting at(RenderProgress progress, Instant now) {
    return judge(progress, now, OutputProbe.Absent::new);
  }

  private static ErrorCode ended(Sighting sighting) {
    return assertInstanceOf(Sighting.Ended.class, sighting).failure().code();
  }

  @Test
  void timeoutThatTheFunctionReportsIsCheckedAgainstTheBucket() {
    JsonNode status = lastStatus("fail-function-timeout");
    RenderProgress progress = StatusAnswer.read(status, RENDER);
    Instant now = Instant.ofEpochMilli(status.path("currentTime").asLong(0));

    assertInstanceOf(
        Sighting.Done.class, judge(progress, now, () -> new OutputProbe.Present(5, now)));
  }

  @Test
  void timeoutIsNotBelievedWhileTheLookAtTheBucketMayOnlyHaveFailed() {
    RenderProgress progress = StatusAnswer.read(lastStatus("fail-function-timeout"), RENDER);
    Instant insisted = progress.milestones().deadline().orElseThrow().plusSeconds(20 + 60);

    Instant last = insisted.minusMillis(1);
    assertInstanceOf(Sighting.Unseen.class, judge(progress, last, OutputProbe.Unknown::new));
    assertInstanceOf(Sighting.Ended.class, judge(progress, last, OutputProbe.Absent::new));
    assertEquals(
        ErrorCode.RENDER_TIMEOUT, ended(judge(progress, insisted, OutputProbe.Unknown::new)));
  }

  @Test
  void claimedEndIsBelievedWhenNobodyMayLookAndTheFunctionIsOver() {
    RenderProgress progress = StatusAnswer.read(lastStatus("overwrite-done-before-upload"), RENDER);
    Instant deadline = progress.milestones().deadline().orElseThrow();

    assertInstanceOf(Sighting.Running.class, judge(progress, deadline, OutputProbe.Unknown::new));
    assertInstanceOf(
        Sighting.Done.class, judge(progress, deadline.plusSeconds(21), OutputProbe.Unknown::new));
  }

  @Test
  void bucketIsNotAskedWhileTheMainFunctionIsLikelyToReportTheEndItself() {
    ObjectNode file = Goldens.json("lifecycles/success/progress.s3.json").deepCopy().asObject();
    RenderProgress combined =
        ProgressFile.read(file.putNull("postRenderData"), RENDER, Instant.EPOCH);
    Instant written = combined.metadata().orElseThrow().startedAt().plusSeconds(5);
    var seen = new ProgressReading.Seen(combined, Optional.of(written));
    Supplier<OutputProbe> there = () -> new OutputProbe.Present(5, written);

    assertInstanceOf(Sighting.Running.class, JUDGE.judge(seen, written.plusMillis(9_999), there));
    assertInstanceOf(Sighting.Done.class, JUDGE.judge(seen, written.plusSeconds(10), there));
  }

  @Test
  void bucketIsNotAskedWhileThereIsNothingToFind() {
    assertRunsUnasked(
        StatusAnswer.read(
            Goldens.parse(
                Goldens.text("lifecycles/success/statuses.jsonl")
                    .lines()
                    .findFirst()
                    .orElseThrow()),
            RENDER));
  }

  /** A look costs a request, and one at every look at a slow render would be many. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{\"chunks\": [0, 2]}", "{\"combinedFrames\": 44}", "{\"timeToCombine\": null}"})
  void bucketIsNotAskedBeforeEveryChunkIsThereAndCombined(String missing) {
    ObjectNode file = Goldens.json("lifecycles/success/progress.s3.json").deepCopy().asObject();
    file.putNull("postRenderData").setAll(Goldens.parse(missing).asObject());

    assertRunsUnasked(ProgressFile.read(file, RENDER, Instant.EPOCH));
  }

  private static void assertRunsUnasked(RenderProgress progress) {
    assertInstanceOf(
        Sighting.Running.class,
        judge(
            progress,
            Instant.EPOCH,
            () -> {
              throw new AssertionError("asked");
            }));
  }

  private static JsonNode lastStatus(String life) {
    return Goldens.parse(
        Goldens.text("lifecycles/" + life + "/statuses.jsonl").lines().toList().getLast());
  }
}
