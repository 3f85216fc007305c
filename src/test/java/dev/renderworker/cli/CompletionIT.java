package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Refusal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole daemon, which tells a reply queue of each job's end. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class CompletionIT {
  private final LocalAws aws;
  private final Workplace place;
  private final String replies;

  CompletionIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
    replies = aws.sqs().createQueue(create -> create.queueName(newJobId())).queueUrl();
  }

  @Test
  void successFailureAndRejectionAreTold() {
    try (RunningWorker _ = worker(arn())) {
      String done = newJobId();
      place.send(video(done, 1));
      assertTrue(reply(done).path("outputUrl").asString().endsWith("/out.mp4"));

      String failed = newJobId();
      place.send(video(failed, "{\"simulate\":\"script-error\"}"));
      assertEquals("COMPOSITION_ERROR", reply(failed).path("errorCode").asString());

      String rejected = newJobId();
      place.send("{\"jobId\":\"%s\"}".formatted(rejected));
      assertEquals("REJECTED", reply(rejected).path("status").asString());
      place.awaitEmpty();
    }
  }

  @Test
  void jobThatWasDoneIsToldAgainToWhoeverSendsItAgain() {
    try (RunningWorker _ = worker(arn())) {
      String id = newJobId();
      place.send(video(id, 1));
      JsonNode first = reply(id);
      place.send(video(id, 1));
      assertEquals(first.path("eventId"), reply(id).path("eventId"));
    }
  }

  @Test
  void deniedTargetLeavesTheMessageForLaterAndTheSlotFree() {
    InjectedFault denied =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("sqs", "SendMessage").containing(replies),
                    new Fault.Refuse(Refusal.ACCESS_DENIED)));
    try (RunningWorker worker = worker(arn())) {
      String id = newJobId();
      place.send(video(id, 1));
      place.awaitJob(id, "SUCCEEDED");
      Eventually.holds(
          "postponed",
          () ->
              worker
                  .metrics()
                  .contains("render_worker_completion_notices_total{result=\"postponed\"} 1.0"));
      Eventually.holds(
          "no slot taken", () -> worker.metrics().contains("\nrender_worker_in_flight 0.0\n"));
      aws.faults().remove(denied);
      assertEquals("SUCCEEDED", reply(id).path("status").asString());
      place.awaitEmpty();
    }
  }

  @Test
  void missingTargetStopsNoRender() {
    try (RunningWorker _ = worker(arn() + "-missing")) {
      String id = newJobId();
      place.send(video(id, 1));
      place.awaitJob(id, "SUCCEEDED");
    }
  }

  private RunningWorker worker(String target) {
    return RunningWorker.start(place.environment(Map.of("COMPLETION_TARGET_ARN", target)));
  }

  private String arn() {
    return aws.sqs()
        .getQueueAttributes(
            get -> get.queueUrl(replies).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private JsonNode reply(String jobId) {
    Message message =
        Eventually.is(
            () -> "the end of " + jobId + " is told",
            () ->
                aws.sqs().receiveMessage(take -> take.queueUrl(replies)).messages().stream()
                    .findFirst());
    aws.sqs()
        .deleteMessage(delete -> delete.queueUrl(replies).receiptHandle(message.receiptHandle()));
    JsonNode body = JsonMapper.shared().readTree(message.body());
    assertEquals(Optional.of(jobId), body.path("jobId").asStringOpt());
    return body;
  }
}
