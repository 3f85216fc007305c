package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a job is lost: its record is not final, nobody alive owns it, and no message can
 * come any more that would bring it to a worker. A pure function.
 *
 * <p>Nothing lists the messages of a queue, so it is decided by how long the job has been quiet,
 * which is since its last write, its owner's last heartbeat or the time of its retry, whichever
 * came last:
 *
 * <ul>
 *   <li>An empty queue holds no message of it: lost, as soon as SQS's counts can be trusted.
 *   <li>Where no message waits but some are hidden: lost when a hidden one would have come back.
 *   <li>Where messages wait, its own can be among them: lost when the queue would have dropped it.
 * </ul>
 *
 * @param staleAfter the silence after which a worker counts as gone
 * @param visibilityTimeout after which the message of a worker that is gone comes back
 */
public record LostRule(Duration staleAfter, Duration visibilityTimeout) {
  /** SQS: counts are eventually consistent, "typically within one minute". */
  private static final Duration COUNTS_LAG = Duration.ofMinutes(2);

  /** No worker hides a message for longer, but for a retry, whose time the record has. */
  private static final Duration LONGEST_HIDDEN = Duration.ofHours(1);

  /** Rejects null. */
  public LostRule {
    requireNonNull(staleAfter, "staleAfter");
    requireNonNull(visibilityTimeout, "visibilityTimeout");
  }

  /**
   * The decision.
   *
   * @param lastBeat of the job's owner; empty where it has none, or that is long gone
   */
  public boolean lost(JobView job, Optional<Instant> lastBeat, QueueState queue, Instant now) {
    boolean owned = lastBeat.filter(beat -> beat.isAfter(now.minus(staleAfter))).isPresent();
    return !job.status().isFinal()
        && !owned
        && quietSince(job, lastBeat).plus(patience(queue)).isBefore(now);
  }

  private static Instant quietSince(JobView job, Optional<Instant> lastBeat) {
    return Stream.of(Optional.of(job.updatedAt()), lastBeat, job.instant("retryAt"))
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private Duration patience(QueueState queue) {
    if (queue.messages() == 0) {
      return COUNTS_LAG;
    }
    return queue.waiting() + queue.delayed() == 0
        ? LONGEST_HIDDEN.plus(visibilityTimeout)
        : queue.retention();
  }

  /** No job is lost that was written later than this. */
  Instant earliest(Instant now) {
    return now.minus(COUNTS_LAG);
  }
}
