package dev.renderworker.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import dev.renderworker.worker.ServiceUnavailableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real SDK clients against a stand-in for SNS and EventBridge. */
class CompletionSenderTest {
  private static final JobId JOB = new JobId("job-1");
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:ends";
  private static final String BUS = "arn:aws:events:us-east-1:123456789012:event-bus/renders";

  private final TargetStandIn target = new TargetStandIn();
  private final Map<String, Object> record = new LinkedHashMap<>();

  CompletionSenderTest() throws IOException {
    record.put("jobId", "job-1");
    record.put("status", "SUCCEEDED");
    record.put("attempt", 2L);
    record.put("outputUrl", "https://example.com/out.mp4");
    record.put("errorCode", "FLAKY_RENDER");
    record.put("history", List.of(Map.of("status", "STARTING")));
    record.put("request", "{\"composition\":\"hello\"}");
  }

  @AfterEach
  void close() {
    target.close();
  }

  @Test
  void topicGetsTheRecordWithoutTheRequest() {
    send(TOPIC);
    Map<String, String> message = target.published().getFirst();
    assertEquals(TOPIC, message.get("TopicArn"));
    JsonNode body = JsonMapper.shared().readTree(message.get("Message"));
    assertEquals("https://example.com/out.mp4", body.path("outputUrl").asString());
    assertEquals("job-1/2/SUCCEEDED", body.path("eventId").asString());
    assertTrue(body.path("request").isMissingNode());
    assertEquals("status", message.get("MessageAttributes.entry.2.Name"));
    assertEquals("SUCCEEDED", message.get("MessageAttributes.entry.2.Value.StringValue"));
    assertEquals(
        null, message.get("MessageAttributes.entry.3.Name"), "no code where it ended well");
    assertEquals(null, message.get("MessageDeduplicationId"));
  }

  @Test
  void fifoTopicGetsTheSameDeduplicationIdForTheSameEndOnly() {
    send(TOPIC + ".fifo");
    send(TOPIC + ".fifo");
    record.put("attempt", 3L);
    send(TOPIC + ".fifo");
    List<String> ids =
        target.published().stream().map(sent -> sent.get("MessageDeduplicationId")).toList();
    assertEquals(ids.get(0), ids.get(1));
    assertTrue(!ids.get(0).equals(ids.get(2)), ids::toString);
    assertEquals("job-1", target.published().getFirst().get("MessageGroupId"));
  }

  @Test
  void busGetsAnEventWhoseDetailIsTheRecord() {
    record.put("status", "FAILED");
    send(BUS);
    JsonNode entry = target.entries().getFirst();
    assertEquals(BUS, entry.path("EventBusName").asString());
    assertEquals("render-worker", entry.path("Source").asString());
    assertEquals("Render Job Ended", entry.path("DetailType").asString());
    JsonNode detail = JsonMapper.shared().readTree(entry.path("Detail").asString());
    assertEquals("FLAKY_RENDER", detail.path("errorCode").asString());
  }

  @Test
  void entryThatTheBusRefusesIsAFailureThoughTheCallSucceeds() {
    target.refuseEntries();
    assertEquals(
        "Could not tell of the end of job-1: ThrottlingException: Rate exceeded",
        assertThrows(ServiceUnavailableException.class, () -> send(BUS)).getMessage());
  }

  @Test
  void passingFaultIsTriedAgain() {
    strike(new Fault.Refuse(Refusal.SERVER_ERROR), 1, Fault.When.BEFORE);
    send(TOPIC);
    assertEquals(1, target.published().size());
  }

  @Test
  void lostAnswerTellsTwice() {
    strike(new Fault.Drop(), 1, Fault.When.AFTER);
    send(TOPIC);
    assertEquals(2, target.published().size());
  }

  @Test
  void deniedTargetIsToldByItsOwnWords() {
    strike(new Fault.Refuse(Refusal.ACCESS_DENIED), 100, Fault.When.BEFORE);
    String message =
        assertThrows(ServiceUnavailableException.class, () -> send(TOPIC)).getMessage();
    assertTrue(message.contains("not authorized to perform: SNS:Publish"), message);
  }

  @Test
  void recordThatIsAtWorkAgainOrGoneIsNotTold() {
    record.put("status", "STARTING");
    send(TOPIC);
    record.clear();
    send(TOPIC);
    assertEquals(List.of(), target.published());
  }

  @Test
  void recordThatIsTooLargeLosesItsHistoryFirst() {
    record.put("errors", List.of("x".repeat(300_000)));
    send(TOPIC);
    JsonNode body = JsonMapper.shared().readTree(target.published().getFirst().get("Message"));
    assertTrue(body.path("errors").isMissingNode());
    assertEquals("SUCCEEDED", body.path("status").asString());
  }

  @Test
  void arnOfAnythingElseIsRefused() {
    String arn = "arn:aws:lambda:us-east-1:123456789012:function";
    assertThrows(IllegalArgumentException.class, () -> CompletionTarget.of(arn));
  }

  private void strike(Fault.Effect effect, int times, Fault.When when) {
    target.faults().inject(new Fault(CallPattern.of("target", "*").times(times), effect, when));
  }

  private void send(String arn) {
    var access =
        new TargetAccess(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
            Optional.of(target.uri()),
            List.of());
    try (var sender =
        new CompletionSender(
            CompletionTarget.of(arn),
            _ -> record.isEmpty() ? Optional.empty() : Optional.of(record),
            access)) {
      sender.send(JOB);
    }
  }
}
