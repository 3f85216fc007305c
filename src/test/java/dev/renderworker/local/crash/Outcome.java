package dev.renderworker.local.crash;

import dev.renderworker.job.JobStatus;
import dev.renderworker.local.LocalAws;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** How the jobs ended, and what is left of them. */
final class Outcome {
  private static final AttributeValue NONE = AttributeValue.fromS("");

  private final LocalAws aws;
  private final Records records;
  private final Map<String, Integer> deadLetters = new HashMap<>();

  Outcome(LocalAws aws) {
    this.aws = aws;
    this.records = new Records(aws);
  }

  /** Waits until every job has ended and no message is left, and collects the dead letters. */
  void await(List<CrashSite> sites, Duration limit) {
    Records.await(
        "the end",
        () -> sites.stream().allMatch(site -> messages(site.queueUrl()) == 0),
        limit,
        () -> open(sites));
    List<Message> batch;
    do {
      batch = receiveDeadLetters();
      batch.forEach(
          letter ->
              deadLetters.merge(
                  letter.messageAttributes().get("jobId").stringValue(), 1, Integer::sum));
    } while (!batch.isEmpty());
  }

  private List<Message> receiveDeadLetters() {
    return aws.sqs()
        .receiveMessage(
            receive ->
                receive
                    .queueUrl(aws.deadLetterQueueUrl())
                    .maxNumberOfMessages(10)
                    .messageAttributeNames("jobId"))
        .messages();
  }

  private String open(List<CrashSite> sites) {
    StringBuilder open = new StringBuilder();
    for (CrashSite site : sites) {
      open.append("%n%d messages in %s".formatted(messages(site.queueUrl()), site.queueUrl()));
      for (Step step : site.steps()) {
        String status = text(records.of(site.jobId(step)), "status");
        if (status.isEmpty() || !JobStatus.valueOf(status).isFinal()) {
          open.append("%n%s is %s".formatted(site.jobId(step), status));
        }
      }
    }
    return open.toString();
  }

  private int messages(String queueUrl) {
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

  Cost of(CrashSite site, Step step) {
    String jobId = site.jobId(step);
    Map<String, AttributeValue> job = records.of(jobId);
    return new Cost(
        text(job, "status"),
        starts(jobId),
        Integer.parseInt(job.getOrDefault("attempt", AttributeValue.fromN("0")).n()),
        deadLetters.getOrDefault(jobId, 0));
  }

  /** The start of a still carries no metadata and is counted by its input props. */
  private int starts(String jobId) {
    return aws.renders().startsByJob().entrySet().stream()
        .filter(count -> count.getKey().contains(jobId))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static String text(Map<String, AttributeValue> job, String attribute) {
    return job.getOrDefault(attribute, NONE).s();
  }
}
