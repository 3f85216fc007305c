package dev.renderworker.queue;

import dev.renderworker.worker.Delivery;
import java.time.Duration;
import java.time.Instant;

/**
 * SQS's limit on how long a message stays invisible: 12 hours from its receive, whatever is asked
 * for (Amazon SQS visibility timeout). A request beyond it is refused whole, so it is clipped.
 */
final class VisibilityLimit {
  private static final Duration LONGEST = Duration.ofHours(12);

  /** SQS's clock starts before its answer is here. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private VisibilityLimit() {}

  /** The delay in whole seconds, rounded up, as far as the limit allows. */
  static int seconds(Delivery delivery, Duration delay, Instant now) {
    Duration spent = Duration.between(delivery.receipt().receivedAt(), now);
    long most = LONGEST.minus(MARGIN).minus(spent).toSeconds();
    long wanted = delay.plusNanos(999_999_999).toSeconds();
    return (int) Math.max(0, Math.min(wanted, most));
  }
}
