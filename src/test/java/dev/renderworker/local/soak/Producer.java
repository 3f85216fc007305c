package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Sends jobs of all kinds, some of them twice, and remembers them. */
final class Producer {
  private static final double TWICE = 0.15;

  private final LocalAws aws;
  private final RandomGenerator random;
  private final Map<String, Kind> sent = new TreeMap<>();

  Producer(LocalAws aws, RandomGenerator random) {
    this.aws = aws;
    this.random = random;
  }

  void send() {
    Kind kind = random.nextInt(3) == 0 ? oneOf(Kind.values()) : Kind.RENDER;
    String jobId = "soak-%04d-.".formatted(sent.size());
    sent.put(jobId, kind);
    send(kind.body(jobId));
    // A rejected message is no job: each of its sends is rejected and dead-lettered for itself.
    if (kind != Kind.INVALID && random.nextDouble() < TWICE) {
      send(kind.body(jobId));
    }
  }

  /** A job of before, once more. */
  void repeat() {
    if (!sent.isEmpty()) {
      String jobId = oneOf(sent.keySet().toArray(String[]::new));
      Kind kind = sent.get(jobId);
      // One that failed would begin a new round, as a redrive does.
      if (kind != Kind.INVALID && kind != Kind.FAILING) {
        send(kind.body(jobId));
      }
    }
  }

  private void send(String body) {
    aws.sqs().sendMessage(send -> send.queueUrl(aws.queueUrl()).messageBody(body));
  }

  private <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Every job and its kind. */
  Map<String, Kind> sent() {
    return sent;
  }
}
