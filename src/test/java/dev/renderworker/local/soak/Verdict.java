package dev.renderworker.local.soak;

import dev.renderworker.job.JobStatus;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.soak.Producer.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What became of the jobs: everything that is not as it should be. */
final class Verdict {
  private final LocalAws aws;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, List<String>> deadLetters = new HashMap<>();
  private int charged;
  private int starts;
  private int attempts;

  Verdict(LocalAws aws) {
    this.aws = aws;
  }

  /** Looks at everything; no worker runs any more. */
  List<String> of(Map<String, Sent> sent) {
    collectDeadLetters(sent);
    sent.forEach(this::job);
    aws.renders().overlapping().forEach(job -> violations.add(job + " was rendered twice at once"));
    int left = messages(aws, aws.queueUrl());
    if (left > 0) {
      violations.add(left + " messages are left in the queue");
    }
    return violations;
  }

  private void job(String jobId, Sent sent) {
    Kind kind = sent.kind();
    Map<String, AttributeValue> record = aws.job(jobId);
    String status = record.getOrDefault("status", AttributeValue.fromS("LOST")).s();
    if (!kind.mayEnd(status)) {
      violations.add("%s (%s) is %s: %s".formatted(jobId, kind, status, record));
      return;
    }
    checkStarts(jobId, kind, record);
    checkDeadLetters(jobId, sent);
    if (status.equals(JobStatus.SUCCEEDED.name())) {
      checkOutput(jobId, record);
    }
  }

  /** Each message of a job that failed is there, and none of any other. */
  private void checkDeadLetters(String jobId, Sent sent) {
    Set<String> lettered = new TreeSet<>(deadLetters.getOrDefault(jobId, List.of()));
    boolean fails = sent.kind() == Kind.FAILING || sent.kind() == Kind.INVALID;
    Set<String> expected = fails ? new TreeSet<>(sent.messageIds()) : Set.of();
    if (!lettered.equals(expected)) {
      violations.add(
          "%s (%s) has dead letters of %s, not of %s"
              .formatted(jobId, sent.kind(), lettered, expected));
    }
  }

  private void checkOutput(String jobId, Map<String, AttributeValue> record) {
    try {
      aws.s3()
          .headObject(
              head -> head.bucket(record.get("outputBucket").s()).key(record.get("outputKey").s()));
    } catch (S3Exception e) {
      violations.add("%s has no output: %s %s".formatted(jobId, e.getMessage(), record));
    }
  }

  /**
   * An attempt whose start was never answered has, when its search ended without one, no render;
   * when a cancel ended the search, it may have one.
   */
  private void checkStarts(String jobId, Kind kind, Map<String, AttributeValue> record) {
    int attempt = Integer.parseInt(record.get("attempt").n());
    int withoutRender = notes(record, "START_UNCERTAIN");
    int unanswered = notes(record, "its start was not answered");
    int launched =
        aws.renders().startsByJob().entrySet().stream()
            .filter(count -> count.getKey().contains(jobId))
            .mapToInt(Map.Entry::getValue)
            .sum();
    starts += launched;
    attempts += attempt;
    charged += attempt - launched;
    int most = kind == Kind.STILL ? attempt : attempt - withoutRender;
    boolean right = launched >= attempt - withoutRender - unanswered && launched <= most;
    if (!right) {
      violations.add(
          "%s (%s): %d starts, %d attempts, %d of them without a render, %d unanswered: %s"
              .formatted(
                  jobId,
                  kind,
                  launched,
                  attempt,
                  withoutRender,
                  unanswered,
                  record.get("history")));
    }
  }

  private static int notes(Map<String, AttributeValue> record, String beginning) {
    return (int)
        record.get("history").l().stream()
            .map(moment -> moment.m().getOrDefault("note", AttributeValue.fromS("")).s())
            .filter(note -> note.startsWith(beginning))
            .count();
  }

  private void collectDeadLetters(Map<String, Sent> sent) {
    List<Message> batch;
    do {
      batch =
          aws.sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(aws.deadLetterQueueUrl())
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(3600)
                          .messageAttributeNames("All"))
              .messages();
      batch.forEach(letter -> deadLetter(letter, sent));
    } while (!batch.isEmpty());
  }

  private void deadLetter(Message letter, Map<String, Sent> sent) {
    if (!letter.messageAttributes().containsKey("jobId")) {
      violations.add("the queue itself dead-lettered " + letter.body());
      return;
    }
    String jobId = letter.messageAttributes().get("jobId").stringValue();
    deadLetters
        .computeIfAbsent(jobId, _ -> new ArrayList<>())
        .add(letter.messageAttributes().get("sourceMessageId").stringValue());
    if (!sent.containsKey(jobId) || !letter.body().equals(sent.get(jobId).kind().body(jobId))) {
      violations.add("a dead letter is not what was sent: " + letter.body());
    }
  }

  static int messages(LocalAws aws, String queueUrl) {
    return aws
        .sqs()
        .getQueueAttributes(get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
        .attributes()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().toString().startsWith("ApproximateNumberOfMessages"))
        .mapToInt(entry -> Integer.parseInt(entry.getValue()))
        .sum();
  }

  /** How many renders were started for the jobs that ended as they should. */
  int starts() {
    return starts;
  }

  /** How many attempts the records of these jobs count. */
  int attempts() {
    return attempts;
  }

  /** The figures, in a line. */
  String summary() {
    int letters = deadLetters.values().stream().mapToInt(List::size).sum();
    int distinct = deadLetters.values().stream().mapToInt(ids -> Set.copyOf(ids).size()).sum();
    return "%d attempts, %d starts, %d attempts without one, %d dead letters, %d of them sent twice"
        .formatted(attempts, starts, charged, letters, letters - distinct);
  }
}
