package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What SQS says of a queue.
 *
 * @param fifo whether it keeps the order of each message group
 * @param retention how long SQS keeps a message that nobody deletes
 */
public record QueueFacts(
    URI url, String arn, boolean fifo, Duration retention, Optional<DeadLetters> deadLetters) {
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
   */
  public record DeadLetters(URI url, String arn, int maxReceiveCount) {
    /** Rejects null. */
    public DeadLetters {
      requireNonNull(url, "url");
      requireNonNull(arn, "arn");
    }
  }
}
