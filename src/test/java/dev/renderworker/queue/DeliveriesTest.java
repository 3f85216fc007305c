package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.Delivery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class DeliveriesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void messageIsReadWithItsTrail() {
    Message message =
        message("m1", "r1")
            .attributes(
                Map.of(
                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3",
                    MessageSystemAttributeName.SENT_TIMESTAMP, "1700000000123",
                    MessageSystemAttributeName.MESSAGE_GROUP_ID, "customer-7",
                    MessageSystemAttributeName.SEQUENCE_NUMBER, "18870000000000000000"))
            .build();

    assertEquals(
        List.of(
            new Delivery(
                "m1",
                "{}",
                new Delivery.Receipt("r1", NOW),
                new Delivery.Trail(
                    3,
                    Instant.ofEpochMilli(1700000000123L),
                    Optional.of("customer-7"),
                    Optional.empty()))),
        Deliveries.of(List.of(message), NOW));
  }

  @Test
  void groupOfAStandardQueueOrdersNothing() {
    Message message =
        message("m1", "r1")
            .attributes(Map.of(MessageSystemAttributeName.MESSAGE_GROUP_ID, "customer-7"))
            .build();

    assertEquals(
        Optional.empty(), Deliveries.of(List.of(message), NOW).getFirst().trail().messageGroupId());
  }

  @Test
  void ofMessageThatCameTwiceTheNewestReceiptCounts() {
    List<Delivery> deliveries =
        Deliveries.of(
            List.of(
                message("m1", "old").build(),
                message("m2", "r2").build(),
                message("m1", "new").build()),
            NOW);

    assertEquals(
        List.of("m1 new", "m2 r2"),
        deliveries.stream().map(d -> d.messageId() + " " + d.receipt().handle()).toList());
  }

  @Test
  void redrivenDeadLetterNamesItsJob() {
    assertEquals(
        Optional.of(new JobId("job-1")),
        redrivenJob(Map.of("jobId", "job-1", "sourceMessageId", "m0")));
  }

  @Test
  void producersOwnJobIdAttributeIsNoMark() {
    assertEquals(Optional.empty(), redrivenJob(Map.of("jobId", "job-1")));
    assertEquals(Optional.empty(), redrivenJob(Map.of("sourceMessageId", "m0")));
    assertEquals(
        Optional.empty(), redrivenJob(Map.of("jobId", "no job id!", "sourceMessageId", "m0")));
  }

  @Test
  void binaryJobIdAttributeIsNoMark() {
    Message message =
        message("m1", "r1")
            .messageAttributes(
                Map.of(
                    "jobId", MessageAttributeValue.builder().dataType("Binary").build(),
                    "sourceMessageId", text("m0")))
            .build();

    assertEquals(Optional.empty(), redrivenJob(message));
  }

  private static Optional<JobId> redrivenJob(Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach((name, value) -> values.put(name, text(value)));
    return redrivenJob(message("m1", "r1").messageAttributes(values).build());
  }

  private static Optional<JobId> redrivenJob(Message message) {
    return Deliveries.of(List.of(message), NOW).getFirst().trail().redrivenJob();
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  private static Message.Builder message(String id, String receipt) {
    return Message.builder().messageId(id).receiptHandle(receipt).body("{}");
  }
}
