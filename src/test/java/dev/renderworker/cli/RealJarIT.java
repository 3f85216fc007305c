package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalService;
import dev.renderworker.local.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The jar as users run it: what it ends with, and what it says. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class RealJarIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalAws aws;
  private final Workplace place;
  @TempDir private Path folder;

  RealJarIT(LocalAws aws) {
    this.aws = aws;
    this.place = Workplace.standard(aws);
  }

  private WorkerProcess start(Map<String, String> changes, String... arguments) {
    return WorkerProcess.start(place.environment(changes), folder.resolve("worker.log"), arguments);
  }

  private void assertRefusesToStart(Map<String, String> changes, String... words) {
    try (WorkerProcess worker = start(changes)) {
      assertEquals(78, worker.waitFor(LIMIT), worker::output);
      for (String word : words) {
        assertTrue(worker.output().contains(word), worker::output);
      }
    }
  }

  @ConcurrentTest
  void missingTableIsAWrongConfiguration() {
    assertRefusesToStart(
        Map.of("JOBS_TABLE", "no-such-table"), "no-such-table", "aws dynamodb create-table");
  }

  @ConcurrentTest
  void missingQueueIsAWrongConfiguration() {
    assertRefusesToStart(
        Map.of("SQS_QUEUE_URL", place.queueUrl() + "-gone"),
        place.queueUrl() + "-gone",
        "aws sqs create-queue");
  }

  @ConcurrentTest
  void queueWithoutDeadLetterQueueIsAWrongConfiguration() {
    assertRefusesToStart(
        Map.of("SQS_QUEUE_URL", bareQueue()),
        "has no dead-letter queue",
        "aws sqs set-queue-attributes");
  }

  @ConcurrentTest
  void everyMistakeIsSaidAtOnce() {
    assertRefusesToStart(
        Map.of("REMOTION_ROLE_ARN", "remotion-role", "MAX_ATTEMPTS", "many"),
        "REMOTION_ROLE_ARN",
        "arn:aws:iam::",
        "MAX_ATTEMPTS");
  }

  @ConcurrentTest
  void serviceThatCantBeReachedIsWorthAnotherStart() {
    String nobody =
        aws.endpoint(LocalService.SQS).resolve("/").toString().replaceAll(":\\d+", ":1");
    try (WorkerProcess worker = start(Map.of("AWS_ENDPOINT_URL_SQS", nobody))) {
      assertEquals(69, worker.waitFor(LIMIT), worker::output);
    }
  }

  @ConcurrentTest
  void worksWithoutDeadLetterQueueWhereThatIsAllowed() {
    String id = newJobId();
    String queueUrl = bareQueue();
    aws.sqs().sendMessage(send -> send.queueUrl(queueUrl).messageBody(helo(id)));
    try (WorkerProcess worker = start(Map.of("SQS_QUEUE_URL", queueUrl), "--allow-no-dlq")) {
      assertEquals("COMPOSITION_NOT_FOUND", place.awaitJob(id, "FAILED").text("errorCode"));

      worker.terminate();
      assertEquals(0, worker.waitFor(LIMIT), worker::output);
    }
  }

  @ConcurrentTest
  void rendersAndStopsWithoutAnAttemptLost() {
    String id = newJobId();
    place.send(video(id, 1));
    try (WorkerProcess worker = start(Map.of())) {
      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      place.awaitEmpty();

      worker.terminate();
      assertEquals(0, worker.waitFor(LIMIT), worker::output);
      assertTrue(worker.output().contains(id), worker::output);
    }
  }

  private static String helo(String id) {
    return "{\"jobId\":\"%s\",\"composition\":\"helo\",\"inputProps\":{\"renderSeconds\":1}}"
        .formatted(id);
  }

  private String bareQueue() {
    return aws.sqs()
        .createQueue(create -> create.queueName("bare-" + UUID.randomUUID()))
        .queueUrl();
  }
}
