package dev.renderworker.completion;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends to an SQS queue, with the labels as message attributes. */
final class QueuePublisher implements Publisher {
  private final SqsClient sqs;
  private final CompletionTarget queue;

  /** Asked for once; several threads that ask at the same time hear the same. */
  private volatile String url = "";

  QueuePublisher(SqsClient sqs, CompletionTarget queue) {
    this.sqs = sqs;
    this.queue = queue;
  }

  @Override
  public void publish(CompletionEvent event) {
    var message =
        SendMessageRequest.builder()
            .queueUrl(url())
            .messageBody(event.body())
            .messageAttributes(
                event.labels().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, label -> text(label.getValue()))));
    if (queue.fifo()) {
      message.messageGroupId(event.jobId()).messageDeduplicationId(event.deduplicationId());
    }
    sqs.sendMessage(message.build());
  }

  private String url() {
    if (url.isEmpty()) {
      url =
          sqs.getQueueUrl(
                  get -> get.queueName(queue.name()).queueOwnerAWSAccountId(queue.account()))
              .queueUrl();
    }
    return url;
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Override
  public void close() {
    sqs.close();
  }
}
