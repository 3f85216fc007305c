package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Decides what a failure means for its job, as a pure function.
 *
 * @param maxAttempts attempts in a round, from 1
 */
public record RetryRule(int maxAttempts, RetryBackoff backoff) {
  /** SQS hides a message for at most this long, counted from its receive. */
  public static final Duration LONGEST_HOLD = Duration.ofHours(12);

  /**
   * How many attempts of a round are spared the charge. Each has used Lambda for a while, and is
   * one more receive of its message, of which the queue allows no end.
   */
  public static final int MOST_UNCHARGED = 8;

  private static final Duration HOLD_MARGIN = Duration.ofMinutes(1);

  /** Rejects null and fewer than one attempt. */
  public RetryRule {
    requireNonNull(backoff, "backoff");
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts: from 1, not " + maxAttempts);
    }
  }

  /**
   * The decision.
   *
   * @param tries the attempt that failed included
   * @param receivedAt when the message was received: it can't be hidden beyond 12 hours from then
   */
  public NextStep after(
      Failure failure, Tries tries, Instant receivedAt, Instant now, RandomGenerator random) {
    return switch (failure) {
      case Failure.Throttled _, Failure.OfEnvironment _ -> new NextStep.PutBack();
      case Failure.OfJob _, Failure.Uncertain _ -> {
        boolean charged =
            failure.code().blame() == ErrorCode.Blame.JOB || tries.uncharged() >= MOST_UNCHARGED;
        boolean over = !failure.code().retryable() || (charged && tries.inRound() >= maxAttempts);
        Instant at = now.plus(backoff.after(tries.inRound() + tries.uncharged(), random));
        yield over ? new NextStep.GiveUp() : new NextStep.Retry(earlier(at, receivedAt), charged);
      }
    };
  }

  private static Instant earlier(Instant wanted, Instant receivedAt) {
    Instant latest = receivedAt.plus(LONGEST_HOLD).minus(HOLD_MARGIN);
    return wanted.isBefore(latest) ? wanted : latest;
  }
}
