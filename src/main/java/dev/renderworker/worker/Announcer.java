package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import dev.renderworker.job.RetryBackoff;
import dev.renderworker.worker.WorkerEvent.Announced;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a job's end after it was recorded and before its message is deleted: a crash in between
 * brings the message back, and the end is told again.
 *
 * <p>What the target does not take holds up no other render: the message is hidden and the end told
 * when it comes back, until that has failed for more than an hour.
 */
final class Announcer {
  private static final Logger log = LoggerFactory.getLogger(Announcer.class);
  private static final RetryBackoff BACKOFF =
      new RetryBackoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

  /** With the backoff, the tenth receive comes 80 minutes after the first. */
  private static final int LAST_RECEIVE = 10;

  private final Shift shift;
  private final JobRules rules;

  Announcer(Shift shift, JobRules rules) {
    this.shift = shift;
    this.rules = rules;
  }

  /**
   * Tells of the end, where there is someone to tell.
   *
   * @return for how long to hide the message; empty when it may be deleted
   */
  Optional<Duration> announce(JobId job, Delivery delivery) {
    return shift
        .ports()
        .audience()
        .notices()
        .flatMap(notices -> announce(notices, job, delivery.trail().receiveCount()));
  }

  private Optional<Duration> announce(CompletionNotices notices, JobId job, int receiveCount) {
    try {
      notices.send(job);
      shift.tell(new Announced(Announced.Outcome.SENT));
      return Optional.empty();
    } catch (ServiceUnavailableException e) {
      // The queue's own limit would dead-letter the message of a job that has ended well.
      if (receiveCount >= LAST_RECEIVE || rules.isLast(receiveCount + 1)) {
        log.error("Nobody was told of the end of {}, and won't be: {}", job, e.getMessage());
        shift.tell(new Announced(Announced.Outcome.GIVEN_UP));
        return Optional.empty();
      }
      Duration delay = BACKOFF.ceiling(receiveCount);
      log.warn("{}; telling again in {} s", e.getMessage(), delay.toSeconds());
      shift.tell(new Announced(Announced.Outcome.POSTPONED));
      return Optional.of(delay);
    }
  }
}
