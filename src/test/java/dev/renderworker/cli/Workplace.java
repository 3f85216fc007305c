package dev.renderworker.cli;

import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.QUEUE_ARN;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import dev.renderworker.local.LocalAws;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A queue with dead letters of its own in the shared AWS, as producers and operators see it. */
final class Workplace {
  /** Short times, so that tests are; each is one that the settings allow. */
  private static final Map<String, String> BRISK =
      Map.of(
          "RECEIVE_WAIT_SECONDS", "1",
          "HEARTBEAT_SECONDS", "1",
          "STALE_AFTER_SECONDS", "3",
          "VISIBILITY_TIMEOUT_SECONDS", "30",
          "MAX_ATTEMPTS", "2",
          "RETRY_BACKOFF_SECONDS", "1",
          "RETRY_BACKOFF_MAX_SECONDS", "1",
          "PROGRESS_MIN_INTERVAL_MS", "100",
          "PROGRESS_MAX_INTERVAL_MS", "500");

  private final LocalAws aws;
  private final String queueUrl;
  private final String deadLettersUrl;
  private final Map<String, Message> deadLetters = new ConcurrentHashMap<>();

  private Workplace(LocalAws aws, String suffix) {
    this.aws = aws;
    String name = "renders-" + UUID.randomUUID();
    deadLettersUrl = createQueue(name + "-dlq" + suffix, Map.of());
    queueUrl =
        createQueue(
            name + suffix,
            Map.of(
                REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"20\"}"
                    .formatted(deadLettersArn())));
  }

  static Workplace standard(LocalAws aws) {
    return new Workplace(aws, "");
  }

  static Workplace fifo(LocalAws aws) {
    return new Workplace(aws, ".fifo");
  }

  private String createQueue(String name, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new HashMap<>(attributes);
    if (name.endsWith(".fifo")) {
      all.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    return aws.sqs().createQueue(create -> create.queueName(name).attributes(all)).queueUrl();
  }

  /** An environment for a worker on this queue. */
  Map<String, String> environment(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.putAll(BRISK);
    environment.put("SQS_QUEUE_URL", queueUrl);
    environment.putAll(changes);
    return environment;
  }

  /** A worker on this queue, in this JVM. */
  RunningWorker worker() {
    return RunningWorker.start(environment(Map.of()));
  }

  String queueUrl() {
    return queueUrl;
  }

  String deadLettersArn() {
    return aws.sqs()
        .getQueueAttributes(get -> get.queueUrl(deadLettersUrl).attributeNames(QUEUE_ARN))
        .attributes()
        .get(QUEUE_ARN);
  }

  /** An id that no other test's job has. */
  static String newJobId() {
    return "job-" + UUID.randomUUID();
  }

  /** The body of a video's request; the input props are JSON text. */
  static String video(String jobId, String inputProps) {
    return "{\"jobId\":\"%s\",\"composition\":\"hello\",\"inputProps\":%s}"
        .formatted(jobId, inputProps);
  }

  /** The body of a request for a video that takes so many seconds. */
  static String video(String jobId, int seconds) {
    return video(jobId, "{\"renderSeconds\":%d}".formatted(seconds));
  }

  /** Sends a message; returns its id. */
  String send(String body) {
    return send(SendMessageRequest.builder().messageBody(body));
  }

  /** Sends a message of a FIFO queue's group; returns its id. */
  String send(String body, String group) {
    return send(
        SendMessageRequest.builder()
            .messageBody(body)
            .messageGroupId(group)
            .messageDeduplicationId(UUID.randomUUID().toString()));
  }

  private String send(SendMessageRequest.Builder message) {
    return aws.sqs().sendMessage(message.queueUrl(queueUrl).build()).messageId();
  }

  Optional<JobRecord> job(String jobId) {
    return Optional.of(aws.job(jobId)).filter(item -> !item.isEmpty()).map(JobRecord::new);
  }

  /** Waits until the job is in that state. */
  JobRecord awaitJob(String jobId, String status) {
    return Eventually.is(
        () -> "%s of %s, but %s".formatted(status, jobId, job(jobId)),
        () -> job(jobId).filter(job -> job.status().equals(status)));
  }

  /** Waits until the queue holds no message, neither visible nor in flight. */
  void awaitEmpty() {
    Eventually.holds(
        "queue empty", () -> messages(queueUrl, APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE) == 0);
  }

  /** Puts a message into the dead-letter queue as SQS itself does: without a word. */
  void deadLetterByHand(String body) {
    aws.sqs().sendMessage(send -> send.queueUrl(deadLettersUrl).messageBody(body));
  }

  /** How many messages wait. */
  int waiting() {
    return messages(queueUrl);
  }

  /** Takes every message that waits, as a purge does. */
  void takeAll() {
    while (waiting() > 0) {
      aws.sqs()
          .receiveMessage(take -> take.queueUrl(queueUrl).maxNumberOfMessages(10))
          .messages()
          .forEach(
              message ->
                  aws.sqs()
                      .deleteMessage(
                          delete ->
                              delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
    }
  }

  /** Waits until so many dead letters lie there; leaves them there. */
  void awaitDeadLetters(int count) {
    Eventually.holds("dead letters", () -> messages(deadLettersUrl) == count);
  }

  private int messages(String url, QueueAttributeName... more) {
    Map<QueueAttributeName, String> attributes =
        aws.sqs()
            .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
            .attributes();
    int count = Integer.parseInt(attributes.get(APPROXIMATE_NUMBER_OF_MESSAGES));
    for (QueueAttributeName name : more) {
      count += Integer.parseInt(attributes.get(name));
    }
    return count + Integer.parseInt(attributes.get(APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  /** Waits for the dead letter of a message, and takes it. */
  Message deadLetter(String sourceMessageId) {
    return Eventually.is(
        () -> "dead letter of " + sourceMessageId + " among " + deadLetters.keySet(),
        () -> {
          takeDeadLetters();
          return Optional.ofNullable(deadLetters.get(sourceMessageId));
        });
  }

  private void takeDeadLetters() {
    aws.sqs()
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(deadLettersUrl)
                    .maxNumberOfMessages(10)
                    .visibilityTimeout(300)
                    .messageAttributeNames("All"))
        .messages()
        .forEach(letter -> deadLetters.put(source(letter), letter));
  }

  /** Empty where the body leaves no room for attributes. */
  private static String source(Message letter) {
    return letter.hasMessageAttributes() ? text(letter, "sourceMessageId") : "";
  }

  /** The value of a message attribute. */
  static String text(Message message, String attribute) {
    return message.messageAttributes().get(attribute).stringValue();
  }
}
