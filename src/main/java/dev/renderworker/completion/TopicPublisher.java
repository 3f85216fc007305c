package dev.renderworker.completion;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/** Publishes to an SNS topic, with the labels as message attributes. */
final class TopicPublisher implements Publisher {
  private final SnsClient sns;
  private final CompletionTarget topic;

  TopicPublisher(SnsClient sns, CompletionTarget topic) {
    this.sns = sns;
    this.topic = topic;
  }

  @Override
  public void publish(CompletionEvent event) {
    var message =
        PublishRequest.builder()
            .topicArn(topic.arn())
            .message(event.body())
            .messageAttributes(
                event.labels().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, label -> text(label.getValue()))));
    if (topic.fifo()) {
      message.messageGroupId(event.jobId()).messageDeduplicationId(event.deduplicationId());
    }
    sns.publish(message.build());
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }

  @Override
  public void close() {
    sns.close();
  }
}
