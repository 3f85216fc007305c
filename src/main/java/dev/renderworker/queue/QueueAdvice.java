package dev.renderworker.queue;

import dev.renderworker.check.Finding;
import java.net.URI;
import java.time.Duration;

/** Says what a queue lacks, and how to make it. */
final class QueueAdvice {
  private static final String QUEUE = "queue";
  private static final String DEAD_LETTERS = "dead letters";

  private QueueAdvice() {}

  static Finding.Broken unreachable(String problem) {
    return new Finding.Broken(
        QUEUE,
        problem,
        "Check SQS_QUEUE_URL and the way to SQS; whoever runs the worker needs sqs:GetQueueAttributes"
            + " on queue and dead-letter queue.");
  }

  static Finding.Broken missing(URI queueUrl) {
    String name = QueueFacts.name(queueUrl);
    return new Finding.Broken(
        QUEUE,
        "There is no queue %s in this account and region.".formatted(queueUrl),
        """
        Check the URL and the region, or make it:
          aws sqs create-queue --queue-name %s%s"""
            .formatted(name, name.endsWith(".fifo") ? " --attributes FifoQueue=true" : ""));
  }

  static Finding.Broken noDeadLetters(QueueFacts facts) {
    String deadLetters =
        facts.fifo() ? facts.name().replaceFirst("\\.fifo$", "-dlq.fifo") : facts.name() + "-dlq";
    String arn = facts.arn().substring(0, facts.arn().lastIndexOf(':') + 1) + deadLetters;
    return new Finding.Broken(
        DEAD_LETTERS,
        "Queue %s has no dead-letter queue, so a message that can't be rendered would be lost."
            .formatted(facts.name()),
        """
        Make one:
          aws sqs create-queue --queue-name %s --attributes MessageRetentionPeriod=1209600%s
        %s"""
            .formatted(
                deadLetters, facts.fifo() ? ",FifoQueue=true" : "", redrive(facts, arn, 20)));
  }

  static Finding.Weak fewReceives(QueueFacts facts, QueueFacts.DeadLetters letters, int enough) {
    return new Finding.Weak(
        DEAD_LETTERS,
        "SQS gives a message up after maxReceiveCount %d, and each retry and each handover is one receive."
            .formatted(letters.maxReceiveCount()),
        "Allow %d or more:%n%s".formatted(enough, redrive(facts, letters.arn(), enough)));
  }

  static Finding.Weak shortRetention(
      QueueFacts.DeadLetters letters, Duration own, Duration queues) {
    return new Finding.Weak(
        DEAD_LETTERS,
        ("Dead letters are kept %s, requests %s: one that SQS moves keeps its age, and would be gone"
                + " before anyone looks.")
            .formatted(QueueFacts.days(own), QueueFacts.days(queues)),
        """
        Keep them longer:
          aws sqs set-queue-attributes --queue-url %s --attributes MessageRetentionPeriod=1209600"""
            .formatted(letters.url()));
  }

  private static String redrive(QueueFacts facts, String arn, int receives) {
    return """
      aws sqs set-queue-attributes --queue-url %s --attributes \
    '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"%s\\",\\"maxReceiveCount\\":\\"%d\\"}"}'"""
        .formatted(facts.url(), arn, receives);
  }
}
