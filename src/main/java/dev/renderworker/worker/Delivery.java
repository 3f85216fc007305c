package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import java.time.Instant;
import java.util.Optional;

/**
 * One receive of one message.
 *
 * @param messageId SQS's id of the message
 * @param body as sent
 * @param receipt what SQS wants to see when this delivery is hidden or deleted
 * @param trail where the message has been
 */
public record Delivery(String messageId, String body, Receipt receipt, Trail trail) {
  /** Rejects null. */
  public Delivery {
    requireNonNull(messageId, "messageId");
    requireNonNull(body, "body");
    requireNonNull(receipt, "receipt");
    requireNonNull(trail, "trail");
  }

  /**
   * The handle of this receive.
   *
   * @param handle SQS's receipt handle
   * @param receivedAt when this worker received it
   */
  public record Receipt(String handle, Instant receivedAt) {
    /** Rejects null. */
    public Receipt {
      requireNonNull(handle, "handle");
      requireNonNull(receivedAt, "receivedAt");
    }
  }

  /**
   * Where the message has been.
   *
   * @param receiveCount how often SQS has delivered it, this time included
   * @param sentAt when it was sent
   * @param messageGroupId of a FIFO queue's message
   * @param redrivenJob the job of a message that came back from the dead-letter queue
   */
  public record Trail(
      int receiveCount,
      Instant sentAt,
      Optional<String> messageGroupId,
      Optional<JobId> redrivenJob) {
    /** Rejects null. */
    public Trail {
      requireNonNull(sentAt, "sentAt");
      requireNonNull(messageGroupId, "messageGroupId");
      requireNonNull(redrivenJob, "redrivenJob");
    }
  }
}
