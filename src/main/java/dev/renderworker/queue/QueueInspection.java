package dev.renderworker.queue;

import static dev.renderworker.queue.SqsCalls.call;

import dev.renderworker.check.Finding;
import dev.renderworker.worker.ServiceUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
    return attributes(queueUrl)
        .map(this::finding)
        .orElseGet(() -> new QueueFinding.Missing(QueueAdvice.missing(queueUrl)));
  }

  /** Looks, and judges; what can't be looked at is a finding, too. */
  public List<Finding> findings() {
    try {
      return switch (inspect()) {
        case QueueFinding.Ready(var facts) -> facts.findings();
        case QueueFinding.NoDeadLetters(var facts, _) -> facts.findings();
        case QueueFinding.Missing(var why) -> List.of(why);
      };
    } catch (ServiceUnavailableException e) {
      return List.of(QueueAdvice.unreachable(e.getMessage()));
    }
  }

  private Optional<Map<QueueAttributeName, String>> attributes(URI url) {
    return call(
        "look at queue " + url,
        () -> {
          try {
            return Optional.of(
                sqs.getQueueAttributes(
                        get -> get.queueUrl(url.toString()).attributeNames(QueueAttributeName.ALL))
                    .attributes());
          } catch (QueueDoesNotExistException | InvalidAddressException absent) {
            return Optional.empty();
          }
        });
  }

  private static Optional<Duration> retention(Map<QueueAttributeName, String> attributes) {
    return Optional.ofNullable(attributes.get(QueueAttributeName.MESSAGE_RETENTION_PERIOD))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
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
            retention(attributes),
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
    int receives = policy.path("maxReceiveCount").asInt();
    return call("find dead-letter queue " + arn, () -> url(arn))
        .flatMap(
            url ->
                attributes(url)
                    .map(its -> new QueueFacts.DeadLetters(url, arn, receives, retention(its))));
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
