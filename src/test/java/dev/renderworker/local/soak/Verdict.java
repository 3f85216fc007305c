package dev.renderworker.local.soak;

import dev.renderworker.job.JobStatus;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What became of the jobs: everything that is not as it should be. */
final class Verdict {
  private final LocalAws aws;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Integer> deadLetters = new HashMap<>();
  private int charged;
  private int starts;

  Verdict(LocalAws aws) {
    this.aws = aws;
  }

  /** Looks at everything; no worker runs any more. */
  List<String> of(Map<String, Kind> sent) {
    collectDeadLetters(sent);
    sent.forEach(this::job);
    aws.renders().overlapping().forEach(job -> violations.add(job + " was rendered twice at once"));
    int left = messages(aws, aws.queueUrl());
    if (left > 0) {
      violations.add(left + " messages are left in the queue");
    }
    return violations;
  }

  private void job(String jobId, Kind kind) {
    Map<String, AttributeValue> record =
        aws.dynamoDb()
            .getItem(
                get ->
                    get.tableName(LocalNames.JOBS_TABLE)
                        .key(Map.of("jobId", AttributeValue.fromS(jobId))))
            .item();
    String status = record.getOrDefault("status", AttributeValue.fromS("LOST")).s();
    if (!status.equals(kind.end().name())) {
      violations.add("%s (%s) is %s: %s".formatted(jobId, kind, status, record));
      return;
    }
    checkStarts(jobId, kind, record);
    int letters = deadLetters.getOrDefault(jobId, 0);
    if (kind.end() == JobStatus.SUCCEEDED ? letters > 0 : letters < 1) {
      violations.add("%s (%s) has %d dead letters".formatted(jobId, kind, letters));
    }
  }

  /**
   * An attempt whose start was never answered has, when its search ended without one, no render.
   */
  private void checkStarts(String jobId, Kind kind, Map<String, AttributeValue> record) {
    int attempts = Integer.parseInt(record.get("attempt").n());
    int withoutRender =
        (int)
            record.get("history").l().stream()
                .map(moment -> moment.m().getOrDefault("note", AttributeValue.fromS("")).s())
                .filter(note -> note.startsWith("START_UNCERTAIN"))
                .count();
    int launched =
        aws.renders().startsByJob().entrySet().stream()
            .filter(count -> count.getKey().contains(jobId))
            .mapToInt(Map.Entry::getValue)
            .sum();
    starts += launched;
    charged += withoutRender;
    boolean right =
        kind == Kind.STILL
            ? launched >= attempts - withoutRender && launched <= attempts
            : launched == attempts - withoutRender;
    if (!right) {
      violations.add(
          "%s (%s): %d starts, %d attempts, %d of them without a render: %s"
              .formatted(jobId, kind, launched, attempts, withoutRender, record.get("history")));
    }
  }

  private void collectDeadLetters(Map<String, Kind> sent) {
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

  private void deadLetter(Message letter, Map<String, Kind> sent) {
    if (!letter.messageAttributes().containsKey("jobId")) {
      violations.add("the queue itself dead-lettered " + letter.body());
      return;
    }
    String jobId = letter.messageAttributes().get("jobId").stringValue();
    deadLetters.merge(jobId, 1, Integer::sum);
    if (!sent.containsKey(jobId) || !letter.body().equals(sent.get(jobId).body(jobId))) {
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

  /** The figures, in a line. */
  String summary() {
    long doubles = deadLetters.values().stream().filter(count -> count > 1).count();
    return "%d starts, %d attempts that came to no start, %d dead letters, %d sent twice"
        .formatted(
            starts,
            charged,
            deadLetters.values().stream().mapToInt(Integer::intValue).sum(),
            doubles);
  }
}
