package dev.renderworker.jobtable;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobStatus;

/** What asking for a job's cancellation gave. */
public sealed interface CancelOutcome {

  /** The job's worker sees the wish with its next write, or at the next claim. */
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
