package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.RetryRule;

/**
 * The rules by which jobs are claimed, retried and followed.
 *
 * @param maxReceiveCount the queue's own, from its redrive policy; {@link Integer#MAX_VALUE} where
 *     it has none
 */
public record JobRules(
    ClaimRule claimRule, RetryRule retryRule, PollPace pollPace, int maxReceiveCount) {
  /** Rejects null and a count below 1. */
  public JobRules {
    requireNonNull(claimRule, "claimRule");
    requireNonNull(retryRule, "retryRule");
    requireNonNull(pollPace, "pollPace");
    if (maxReceiveCount < 1) {
      throw new IllegalArgumentException("maxReceiveCount: from 1, not " + maxReceiveCount);
    }
  }

  /**
   * Whether the queue would dead-letter the message at its next receive, without a word in the
   * record. A first receive has to be good for a try, so where the queue allows only that one, it
   * acts first.
   */
  boolean isLast(int receiveCount) {
    return receiveCount >= Math.max(2, maxReceiveCount);
  }
}
