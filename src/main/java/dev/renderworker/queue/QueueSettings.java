package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;

/**
 * Which queue, and how to receive from it.
 *
 * @param queueUrl as SQS gives it; the name of a FIFO queue ends in {@code .fifo}
 * @param receiveWait how long one receive waits for messages, 0 to 20 seconds
 * @param visibilityTimeout how long a received message stays invisible, 1 second to 12 hours
 */
public record QueueSettings(URI queueUrl, Duration receiveWait, Duration visibilityTimeout) {
  /** Limits of SQS: ReceiveMessage, parameters WaitTimeSeconds and VisibilityTimeout. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

  /** Rejects null and what SQS would reject. */
  public QueueSettings {
    requireNonNull(queueUrl, "queueUrl");
    if (receiveWait.isNegative() || receiveWait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException("receiveWait: 0 to 20 seconds, not " + receiveWait);
    }
    if (visibilityTimeout.toSeconds() < 1 || visibilityTimeout.compareTo(LONGEST_VISIBILITY) > 0) {
      throw new IllegalArgumentException(
          "visibilityTimeout: 1 second to 12 hours, not " + visibilityTimeout);
    }
  }
}
