package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobStatus;

/** What asking for a job's cancellation gave. */
public sealed interface CancelOutcome {
  /** Nobody held the job, and it has ended; its message is deleted when it is delivered next. */
  record Ended() implements CancelOutcome {}

  /** A worker holds the job; it hears of the wish soon, and so does one that takes over. */
  record Requested() implements CancelOutcome {}

  /** The job had ended before. */
  record Over(JobStatus status) implements CancelOutcome {
    /** Rejects null. */
    public Over {
      requireNonNull(status, "status");
    }
  }

  /** There is no record of such a job. */
  record Unknown() implements CancelOutcome {}
}
