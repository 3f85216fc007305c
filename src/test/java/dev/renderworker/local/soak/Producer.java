package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Sends jobs of all kinds, some of them twice, and remembers them. */
final class Producer {
  private static final double TWICE = 0.15;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final LocalAws aws;
  private final RandomGenerator random;
  private final Map<String, Sent> sent = new TreeMap<>();

  /**
   * A job that was sent.
   *
   * @param messageIds of every message that asked for it
   */
  record Sent(Kind kind, List<String> messageIds) {}

  Producer(LocalAws aws, RandomGenerator random) {
    this.aws = aws;
    this.random = random;
  }

  void send() {
    Kind kind = random.nextInt(3) == 0 ? oneOf(Kind.values()) : Kind.RENDER;
    String jobId = send(kind);
    // A rejected message is no job: each of its sends is rejected and dead-lettered for itself.
    if (kind != Kind.INVALID && random.nextDouble() < TWICE) {
      again(jobId);
    }
  }

  String send(Kind kind) {
    String jobId = "soak-%05d-.".formatted(sent.size());
    sent.put(jobId, new Sent(kind, new ArrayList<>()));
    again(jobId);
    return jobId;
  }

  /** A job of before, once more. */
  void repeat() {
    if (!sent.isEmpty()) {
      String jobId = oneOf(sent.keySet().toArray(String[]::new));
      Kind kind = sent.get(jobId).kind();
      // One that failed would begin a new round, as a redrive does.
      if (kind != Kind.INVALID && kind != Kind.FAILING) {
        again(jobId);
      }
    }
  }

  private void again(String jobId) {
    Sent job = sent.get(jobId);
    String body = job.kind().body(jobId);
    job.messageIds()
        .add(
            aws.sqs()
                .sendMessage(send -> send.queueUrl(aws.queueUrl()).messageBody(body))
                .messageId());
  }

  /** Asks for the end of every unwanted job that runs, as an operator does. */
  void cancel() {
    sent.forEach(
        (jobId, job) -> {
          if (job.kind() == Kind.UNWANTED) {
            cancel(jobId);
          }
        });
  }

  private void cancel(String jobId) {
    try {
      aws.dynamoDb()
          .updateItem(
              update ->
                  update
                      .tableName(LocalNames.JOBS_TABLE)
                      .key(Map.of("jobId", AttributeValue.fromS(jobId)))
                      .updateExpression("SET cancelRequested = :true, updatedAt = :at")
                      .conditionExpression(
                          "#status IN (:starting, :rendering) AND cancelRequested <> :true")
                      .expressionAttributeNames(Map.of("#status", "status"))
                      .expressionAttributeValues(
                          Map.of(
                              ":true", AttributeValue.fromBool(true),
                              ":at", AttributeValue.fromS(TIME.format(Instant.now())),
                              ":starting", AttributeValue.fromS("STARTING"),
                              ":rendering", AttributeValue.fromS("RENDERING"))));
    } catch (SdkException _) {
      // Not yet, or no more, or one of the faults has befallen it: there is another time.
    }
  }

  private <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Every job. */
  Map<String, Sent> sent() {
    return sent;
  }
}
