package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

import dev.renderworker.check.Finding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What SQS says of a queue.
 *
 * @param fifo whether it keeps the order of each message group
 * @param retention how long SQS keeps a message that nobody deletes; emulators don't say
 */
public record QueueFacts(
    URI url,
    String arn,
    boolean fifo,
    Optional<Duration> retention,
    Optional<DeadLetters> deadLetters) {
  /** A few attempts, each of which can be handed over a few times. */
  private static final int ENOUGH_RECEIVES = 20;

  /** Rejects null. */
  public QueueFacts {
    requireNonNull(url, "url");
    requireNonNull(arn, "arn");
    requireNonNull(retention, "retention");
    requireNonNull(deadLetters, "deadLetters");
  }

  /**
   * The queue's redrive policy.
   *
   * @param url of the dead-letter queue
   * @param maxReceiveCount after so many receives SQS itself moves a message there
   * @param retention how long SQS keeps a dead letter
   */
  public record DeadLetters(
      URI url, String arn, int maxReceiveCount, Optional<Duration> retention) {
    /** Rejects null. */
    public DeadLetters {
      requireNonNull(url, "url");
      requireNonNull(arn, "arn");
      requireNonNull(retention, "retention");
    }
  }

  /** What to think of the facts: of the queue first, then of its dead letters. */
  public List<Finding> findings() {
    Finding queue =
        new Finding.Passed(
            "queue",
            "%s, %s%s"
                .formatted(
                    name(),
                    fifo ? "FIFO" : "standard",
                    retention.map(kept -> ", keeps requests " + days(kept)).orElse("")));
    Finding letters = deadLetters.map(this::judge).orElseGet(() -> QueueAdvice.noDeadLetters(this));
    return List.of(queue, letters);
  }

  private Finding judge(DeadLetters letters) {
    if (letters.maxReceiveCount() < ENOUGH_RECEIVES) {
      return QueueAdvice.fewReceives(this, letters, ENOUGH_RECEIVES);
    }
    Duration own = letters.retention().orElse(Duration.ZERO);
    if (retention.isPresent() && own.compareTo(retention.get()) <= 0) {
      return QueueAdvice.shortRetention(letters, own, retention.get());
    }
    return new Finding.Passed(
        "dead letters",
        "%s after %d receives%s"
            .formatted(
                name(letters.url()),
                letters.maxReceiveCount(),
                letters.retention().map(kept -> ", kept " + days(kept)).orElse("")));
  }

  String name() {
    return name(url);
  }

  static String name(URI queueUrl) {
    String path = queueUrl.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String days(Duration duration) {
    return duration.toHours() % 24 == 0
        ? duration.toDays() + " days"
        : "%.1f hours".formatted(duration.toMinutes() / 60.0);
  }
}
