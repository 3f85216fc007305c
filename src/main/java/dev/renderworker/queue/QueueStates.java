package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.operations.QueueState;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Asks SQS how full a queue is. */
final class QueueStates {
  /** Emulators leave the attribute out; four days is what SQS does unless told otherwise. */
  private static final String DEFAULT_RETENTION_SECONDS = "345600";

  private QueueStates() {}

  static QueueState of(SqsClient sqs, URI queueUrl) {
    Map<QueueAttributeName, String> attributes =
        call(
            "look at queue " + queueUrl,
            () ->
                sqs.getQueueAttributes(
                        get ->
                            get.queueUrl(queueUrl.toString())
                                .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                                    QueueAttributeName.MESSAGE_RETENTION_PERIOD))
                    .attributes());
    return new QueueState(
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0"),
        number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "0"),
        Duration.ofSeconds(
            number(
                attributes,
                QueueAttributeName.MESSAGE_RETENTION_PERIOD,
                DEFAULT_RETENTION_SECONDS)));
  }

  /** Emulators leave some out. */
  private static long number(
      Map<QueueAttributeName, String> attributes, QueueAttributeName name, String absent) {
    return Long.parseLong(attributes.getOrDefault(name, absent));
  }
}
