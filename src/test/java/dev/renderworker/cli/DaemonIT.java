package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.text;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** Jobs of every kind through the whole daemon. */
@Timeout(120)
@ExtendWith(SharedAws.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DaemonIT {
  private final LocalAws aws;
  private final Workplace place;
  private final RunningWorker worker;

  DaemonIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
    worker = RunningWorker.start(place.environment(Map.of("INPUT_BUCKETS", LocalNames.BUCKET)));
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  @ConcurrentTest
  void videoEndsAsFileAndRecord() {
    String id = newJobId();
    String messageId = place.send(video(id, 1));

    JobRecord job = place.awaitJob(id, "SUCCEEDED");

    String renderId = job.text("renderId");
    String key = "renders/" + renderId + "/out.mp4";
    assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
    assertEquals(LocalNames.BUCKET, job.text("bucketName"));
    assertEquals(LocalNames.FUNCTION, job.text("functionName"));
    assertEquals(key, job.text("outputKey"));
    assertTrue(job.text("outputUrl").endsWith(key), job.text("outputUrl"));
    assertTrue(aws.store().find(LocalNames.BUCKET, key).isPresent());
    assertTrue(Double.parseDouble(job.item().get("costUsd").n()) > 0);
    assertEquals(1, job.number("attempt"));
    assertEquals(messageId, job.text("messageId"));
    assertFalse(job.has("owner"));
    place.awaitEmpty();
    assertEquals(1, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void stillEndsAsFileAndRecord() {
    String id = newJobId();
    place.send(
        """
        {"jobId":"%s","type":"still","composition":"hello","imageFormat":"png","frame":30}
        """
            .formatted(id));

    JobRecord job = place.awaitJob(id, "SUCCEEDED");

    assertTrue(aws.store().find(LocalNames.BUCKET, job.text("outputKey")).isPresent());
    assertTrue(job.text("outputUrl").endsWith(".png"), job.text("outputUrl"));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void bodyAndPropsThatLieInS3AreReadThere() {
    String id = newJobId();
    put("props/" + id, "{\"renderSeconds\":1}");
    put(
        "bodies/" + id,
        "{\"jobId\":\"%s\",\"composition\":\"hello\",\"inputPropsUrl\":\"s3://%s/props/%s\"}"
            .formatted(id, LocalNames.BUCKET, id));
    place.send(pointer("bodies/" + id));

    assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void pointerToABodyThatIsNotThereIsDeadLetteredAsItCame() {
    String pointer = pointer("bodies/gone");
    String id = place.send(pointer);

    assertEquals("INVALID_MESSAGE", place.awaitJob(id, "REJECTED").text("errorCode"));
    assertEquals(pointer, place.deadLetter(id).body());
  }

  private static String pointer(String key) {
    return """
    ["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"%s","s3Key":"%s"}]\
    """
        .formatted(LocalNames.BUCKET, key);
  }

  private void put(String key, String text) {
    aws.s3().putObject(p -> p.bucket(LocalNames.BUCKET).key(key), RequestBody.fromString(text));
  }

  @ConcurrentTest
  void jobWithoutAnIdHasThatOfItsMessage() {
    String id = place.send("{\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":1}}");

    assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void requestAsLargeAsSqsTakesIsRendered() {
    String id = newJobId();
    String props = "{\"renderSeconds\":1,\"text\":\"%s\"}";
    String frame = video(id, props.formatted(""));
    place.send(video(id, props.formatted("x".repeat(1024 * 1024 - frame.length()))));

    assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void jobSentOftenIsStartedOnce() {
    String id = newJobId();
    for (int i = 0; i < 4; i++) {
      place.send(video(id, 1));
    }

    place.awaitJob(id, "SUCCEEDED");
    place.awaitEmpty();
    place.send(video(id, 1));
    place.awaitEmpty();

    assertEquals(1, aws.renders().startsOf(id));
    assertEquals("SUCCEEDED", place.awaitJob(id, "SUCCEEDED").status());
  }

  @ConcurrentTest
  void anotherRequestUnderTheIdOfAJobIsRejected() {
    String id = newJobId();
    place.send(video(id, 1));
    place.awaitJob(id, "SUCCEEDED");
    JobRecord before = place.job(id).orElseThrow();
    String body = video(id, 2);

    String messageId = place.send(body);
    JobRecord rejected = place.awaitJob(messageId, "REJECTED");

    assertEquals("JOB_ID_CONFLICT", rejected.text("errorCode"));
    Message letter = place.deadLetter(messageId);
    assertEquals("JOB_ID_CONFLICT", text(letter, "errorCode"));
    assertEquals(body, letter.body());
    place.awaitEmpty();
    assertEquals(Optional.of(before), place.job(id));
    assertEquals(1, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void missingCompositionFailsTheJobWithItsReasonInTheDeadLetter() {
    String id = newJobId();
    String body =
        "{\"jobId\":\"%s\",\"composition\":\"helo\",\"inputProps\":{\"renderSeconds\":1}}"
            .formatted(id);
    String messageId = place.send(body);

    JobRecord job = place.awaitJob(id, "FAILED");

    assertEquals("COMPOSITION_NOT_FOUND", job.text("errorCode"));
    assertEquals(1, job.number("attempt"));
    Message letter = place.deadLetter(messageId);
    assertEquals(body, letter.body());
    assertEquals("COMPOSITION_NOT_FOUND", text(letter, "errorCode"));
    assertTrue(text(letter, "errorMessage").contains("helo"), text(letter, "errorMessage"));
    assertEquals(id, text(letter, "jobId"));
    assertEquals("1", text(letter, "attempts"));
    assertEquals(job.text("renderId"), text(letter, "renderId"));
    assertTrue(letter.messageAttributes().containsKey("failedAt"));
    assertTrue(letter.messageAttributes().containsKey("workerId"));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void renderThatFailsByAPassingFaultIsTriedAgain() {
    String id = newJobId();
    place.send(video(id, "{\"renderSeconds\":1,\"simulate\":\"flaky-once\"}"));

    JobRecord job = place.awaitJob(id, "SUCCEEDED");

    assertEquals(2, job.number("attempt"));
    assertEquals(
        List.of("STARTING", "RENDERING", "RETRYING", "STARTING", "RENDERING", "SUCCEEDED"),
        job.history());
    assertEquals(2, aws.renders().startsOf(id));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void renderThatNeverSucceedsFailsAfterTheLastAttempt() {
    String id = newJobId();
    String messageId = place.send(video(id, "{\"renderSeconds\":1,\"simulate\":\"flaky-always\"}"));

    JobRecord job = place.awaitJob(id, "FAILED");

    assertEquals(2, job.number("attempt"));
    assertEquals("2", text(place.deadLetter(messageId), "attempts"));
    assertEquals(2, aws.renders().startsOf(id));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void renderThatTimedOutWithItsOutputInPlaceSucceeds() {
    String id = newJobId();
    place.send(video(id, "{\"renderSeconds\":1,\"simulate\":\"timeout-but-output-exists\"}"));

    JobRecord job = place.awaitJob(id, "SUCCEEDED");

    assertTrue(aws.store().find(LocalNames.BUCKET, job.text("outputKey")).isPresent());
    assertEquals(1, aws.renders().startsOf(id));
    place.awaitEmpty();
  }

  @ConcurrentTest
  void secondRenderOfAJobEndsWithTheFirstOnesOutputWhereEachJobHasOnePlace() {
    Workplace own = Workplace.standard(aws);
    String id = newJobId();
    try (RunningWorker _ =
        RunningWorker.start(own.environment(Map.of("REMOTION_ONE_OUTPUT_PER_JOB", "true")))) {
      own.send(video(id, 1));
      JobRecord first = own.awaitJob(id, "SUCCEEDED");
      assertTrue(first.text("outputKey").startsWith("renders/job-" + id), first.toString());
      own.awaitEmpty();
      // Without its record the job is rendered again, as after a start that nobody knows of.
      aws.dynamoDb()
          .deleteItem(
              delete ->
                  delete
                      .tableName(LocalNames.JOBS_TABLE)
                      .key(Map.of("jobId", AttributeValue.fromS(id))));
      own.send(video(id, 1));
      JobRecord second = own.awaitJob(id, "SUCCEEDED");

      assertEquals(2, aws.renders().startsOf(id));
      assertEquals(first.text("outputKey"), second.text("outputKey"));
      assertEquals(first.number("outputSizeInBytes"), second.number("outputSizeInBytes"));
      assertTrue(aws.store().find(LocalNames.BUCKET, second.text("outputKey")).isPresent());
      own.awaitDeadLetters(0);
    }
  }

  @ConcurrentTest
  void outputThatExistsFailsTheJobAndARedriveOfItsDeadLetterSucceedsWithoutIt() {
    Workplace own = Workplace.standard(aws);
    String id = newJobId();
    String key = "videos/" + id + ".mp4";
    aws.s3()
        .putObject(
            put -> put.bucket(LocalNames.BUCKET).key(key), RequestBody.fromString("an older one"));
    String body =
        """
        {"jobId":"%s","composition":"hello","inputProps":{"renderSeconds":1},\
        "outName":{"bucketName":"%s","key":"%s"}}
        """
            .formatted(id, LocalNames.BUCKET, key);
    try (RunningWorker _ = own.worker()) {
      own.send(body);
      JobRecord failed = own.awaitJob(id, "FAILED");
      assertEquals("OUTPUT_EXISTS", failed.text("errorCode"));
      own.awaitDeadLetters(1);
      own.awaitEmpty();

      aws.s3().deleteObject(delete -> delete.bucket(LocalNames.BUCKET).key(key));
      aws.sqs().startMessageMoveTask(move -> move.sourceArn(own.deadLettersArn()));
      JobRecord job = own.awaitJob(id, "SUCCEEDED");

      assertEquals(2, job.number("attempt"));
      assertNotEquals(failed.text("renderId"), job.text("renderId"));
      assertEquals(key, job.text("outputKey"));
      assertFalse(job.has("errorCode"));
      own.awaitEmpty();
      own.awaitDeadLetters(0);
    }
  }

  @ConcurrentTest
  void deadLetterOfAJobWithoutAnIdIsRedrivenAsTheSameJob() {
    Workplace own = Workplace.standard(aws);
    try (RunningWorker _ = own.worker()) {
      String id = own.send("{\"composition\":\"helo\",\"inputProps\":{\"renderSeconds\":1}}");
      own.awaitJob(id, "FAILED");
      own.awaitDeadLetters(1);

      aws.sqs().startMessageMoveTask(move -> move.sourceArn(own.deadLettersArn()));
      Eventually.holds(
          "a second round of " + id, () -> own.job(id).orElseThrow().number("attempt") == 2);
      own.awaitJob(id, "FAILED");

      own.awaitDeadLetters(1);
      own.awaitEmpty();
      assertEquals(2, aws.renders().startsOf(id));
    }
  }
}
