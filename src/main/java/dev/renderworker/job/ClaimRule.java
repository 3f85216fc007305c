package dev.renderworker.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a delivery may do to a job that has a record: the claim table, as a pure function.
 *
 * @param staleAfter how long after its last heartbeat a worker counts as gone
 */
public record ClaimRule(Duration staleAfter) {
  /** SQS counts hidden time in whole seconds, so a retry can come back a moment early. */
  private static final Duration EARLY = Duration.ofSeconds(2);

  /** No Lambda function, and so no attempt at a render, runs for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /**
   * A delivery, as far as the decision is concerned.
   *
   * @param messageId its SQS message id
   * @param fingerprint of its request
   * @param receiveCount how often SQS has delivered the message, from 1
   */
  public record Arrival(String messageId, String fingerprint, int receiveCount) {}

  /**
   * The decision.
   *
   * @param ownerAlive whether the record's owner has a fresh heartbeat; false where it has no owner
   */
  public ClaimDecision decide(Job job, Arrival arrival, boolean ownerAlive, Instant now) {
    if (job.fingerprint().filter(known -> !known.equals(arrival.fingerprint())).isPresent()) {
      return new ClaimDecision.Conflict();
    }
    Job.State state = job.state();
    return switch (state.status()) {
      case QUEUED -> job.cancelRequested() ? new ClaimDecision.Cancel() : next(state);
      case RETRYING -> job.cancelRequested() ? new ClaimDecision.Cancel() : retry(state, now);
      case STARTING, RENDERING -> held(job, arrival, ownerAlive);
      case SUCCEEDED, CANCELLED -> new ClaimDecision.Acknowledge();
      case FAILED, REJECTED -> ended(job, arrival);
    };
  }

  private static ClaimDecision next(Job.State state) {
    return new ClaimDecision.Start(state.tries().next());
  }

  /** When a retry is due is known to the second, so one more receive is all that waiting costs. */
  private static ClaimDecision retry(Job.State state, Instant now) {
    return state
        .times()
        .retry()
        .filter(at -> now.isBefore(at.minus(EARLY)))
        .<ClaimDecision>map(at -> new ClaimDecision.LeaveAlone(Duration.between(now, at)))
        .orElseGet(() -> next(state));
  }

  private ClaimDecision held(Job job, Arrival arrival, boolean ownerAlive) {
    if (ownerAlive) {
      return leaveAlone(arrival.receiveCount());
    }
    return job.render()
        .<ClaimDecision>map(ClaimDecision.Follow::new)
        .orElseGet(ClaimDecision.SeekOrphan::new);
  }

  private static ClaimDecision ended(Job job, Arrival arrival) {
    if (!job.messageId().equals(Optional.of(arrival.messageId()))) {
      return new ClaimDecision.Start(job.state().tries().nextRound());
    }
    return job.state().deadLettered()
        ? new ClaimDecision.Acknowledge()
        : new ClaimDecision.DeadLetterAgain();
  }

  /**
   * What to do with a duplicate of a job that someone works on. The delay doubles with each
   * receive, so that a duplicate that waits for a long render does not use up the queue's {@code
   * maxReceiveCount}.
   *
   * @param receiveCount how often SQS has delivered the message, from 1
   */
  public ClaimDecision.LeaveAlone leaveAlone(int receiveCount) {
    return new ClaimDecision.LeaveAlone(
        new RetryBackoff(staleAfter, Collections.max(List.of(staleAfter, LONGEST_WAIT)))
            .ceiling(receiveCount));
  }
}
