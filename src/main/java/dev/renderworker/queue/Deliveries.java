package dev.renderworker.queue;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.Delivery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Reads SQS messages as deliveries. */
final class Deliveries {
  private Deliveries() {}

  /** One delivery a message id: of a message that came twice, the newest receipt counts. */
  static List<Delivery> of(List<Message> messages, Instant receivedAt) {
    if (messages.isEmpty()) {
      return List.of();
    }
    Map<String, Delivery> byId = LinkedHashMap.newLinkedHashMap(messages.size());
    for (Message message : messages) {
      byId.put(message.messageId(), delivery(message, receivedAt));
    }
    return List.copyOf(byId.values());
  }

  private static Delivery delivery(Message message, Instant receivedAt) {
    return new Delivery(
        message.messageId(),
        message.body(),
        new Delivery.Receipt(message.receiptHandle(), receivedAt),
        trail(message, receivedAt));
  }

  private static Delivery.Trail trail(Message message, Instant receivedAt) {
    Map<MessageSystemAttributeName, String> known = message.attributes();
    String count = known.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    String sent = known.get(MessageSystemAttributeName.SENT_TIMESTAMP);
    return new Delivery.Trail(
        count == null ? 1 : Integer.parseInt(count),
        sent == null ? receivedAt : Instant.ofEpochMilli(Long.parseLong(sent)),
        fifoGroup(known),
        redrivenJob(message.messageAttributes()));
  }

  /**
   * A standard queue's messages can have a group too: it makes the queue fair, and orders nothing.
   */
  private static Optional<String> fifoGroup(Map<MessageSystemAttributeName, String> known) {
    return Optional.ofNullable(known.get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
        .filter(_ -> known.containsKey(MessageSystemAttributeName.SEQUENCE_NUMBER));
  }

  /**
   * A producer may use an attribute {@code jobId} for purposes of its own; only with the source
   * message's id beside it is it the mark of a dead letter.
   */
  private static Optional<JobId> redrivenJob(Map<String, MessageAttributeValue> attributes) {
    MessageAttributeValue job = attributes.get(DeadLetterAttributes.JOB_ID);
    if (job == null || !attributes.containsKey(DeadLetterAttributes.SOURCE_MESSAGE_ID)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(job.stringValue()).map(JobId::new);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
