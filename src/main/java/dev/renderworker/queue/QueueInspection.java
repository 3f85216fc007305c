package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.worker.ServiceUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.InvalidAddressException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a queue before it is worked from. */
public final class QueueInspection {
  private static final int ACCOUNT = 4;
  private static final int NAME = 5;

  /** Emulators leave the attribute out; four days is what SQS does unless told otherwise. */
  static final String DEFAULT_RETENTION_SECONDS = "345600";

  private final SqsClient sqs;
  private final URI queueUrl;

  /** Prepares the inspection of one queue. */
  public QueueInspection(SqsClient sqs, URI queueUrl) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Looks.
   *
   * @throws ServiceUnavailableException when SQS can't be reached or refuses
   */
  public QueueFinding inspect() {
    Optional<Map<QueueAttributeName, String>> attributes =
        call("look at queue " + queueUrl, this::attributes);
    return attributes
        .map(this::finding)
        .orElseGet(() -> new QueueFinding.Missing(QueueAdvice.missing(queueUrl)));
  }

  private Optional<Map<QueueAttributeName, String>> attributes() {
    try {
      return Optional.of(
          sqs.getQueueAttributes(
                  request ->
                      request.queueUrl(queueUrl.toString()).attributeNames(QueueAttributeName.ALL))
              .attributes());
    } catch (QueueDoesNotExistException | InvalidAddressException absent) {
      return Optional.empty();
    }
  }

  private QueueFinding finding(Map<QueueAttributeName, String> attributes) {
    Optional<QueueFacts.DeadLetters> deadLetters =
        Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY))
            .flatMap(this::deadLetters);
    var facts =
        new QueueFacts(
            queueUrl,
            attributes.get(QueueAttributeName.QUEUE_ARN),
            queueUrl.getPath().endsWith(".fifo"),
            Duration.ofSeconds(
                Long.parseLong(
                    attributes.getOrDefault(
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, DEFAULT_RETENTION_SECONDS))),
            deadLetters);
    return deadLetters.isPresent()
        ? new QueueFinding.Ready(facts)
        : new QueueFinding.NoDeadLetters(facts, QueueAdvice.noDeadLetters(facts));
  }

  /** Empty also where the policy names a queue that is gone. */
  private Optional<QueueFacts.DeadLetters> deadLetters(String redrivePolicy) {
    JsonNode policy = JsonMapper.shared().readTree(redrivePolicy);
    String arn = policy.path("deadLetterTargetArn").asString();
    // The console writes the count as a number, the CLI as a string.
    int maxReceiveCount = policy.path("maxReceiveCount").asInt();
    return call("find dead-letter queue " + arn, () -> url(arn))
        .map(url -> new QueueFacts.DeadLetters(url, arn, maxReceiveCount));
  }

  private Optional<URI> url(String arn) {
    String[] parts = arn.split(":", -1);
    try {
      return Optional.of(
          URI.create(
              sqs.getQueueUrl(
                      request ->
                          request.queueName(parts[NAME]).queueOwnerAWSAccountId(parts[ACCOUNT]))
                  .queueUrl()));
    } catch (QueueDoesNotExistException _) {
      return Optional.empty();
    }
  }
}
