package dev.renderworker.queue;

import java.net.URI;

/** Says how to make what a queue lacks. */
final class QueueAdvice {
  private QueueAdvice() {}

  static String missing(URI queueUrl) {
    String name = name(queueUrl);
    return """
    There is no queue %s in this account and region. Check the URL and the region, or make it:
      aws sqs create-queue --queue-name %s%s"""
        .formatted(queueUrl, name, fifo(name));
  }

  static String noDeadLetters(QueueFacts facts) {
    String queue = name(facts.url());
    String deadLetters =
        facts.fifo() ? queue.replaceFirst("\\.fifo$", "-dlq.fifo") : queue + "-dlq";
    String arn = facts.arn().substring(0, facts.arn().lastIndexOf(':') + 1) + deadLetters;
    return """
    Queue %s has no dead-letter queue, so a message that can't be rendered would be lost. Make one:
      aws sqs create-queue --queue-name %s --attributes MessageRetentionPeriod=1209600%s
      aws sqs set-queue-attributes --queue-url %s --attributes \
    '{"RedrivePolicy":"{\\"deadLetterTargetArn\\":\\"%s\\",\\"maxReceiveCount\\":\\"20\\"}"}'"""
        .formatted(queue, deadLetters, facts.fifo() ? ",FifoQueue=true" : "", facts.url(), arn);
  }

  private static String name(URI queueUrl) {
    String path = queueUrl.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String fifo(String name) {
    return name.endsWith(".fifo") ? " --attributes FifoQueue=true" : "";
  }
}
