package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Violation;
import java.util.List;

/** What asking for another try of a job gave. */
public sealed interface RetryOutcome {
  /** Its request is in the queue again. */
  record Sent() implements RetryOutcome {}

  /** The job has succeeded, or goes on by itself. */
  record NothingToRetry(JobStatus status) implements RetryOutcome {
    /** Rejects null. */
    public NothingToRetry {
      requireNonNull(status, "status");
    }
  }

  /** The request breaks the message contract: it would be rejected again. */
  record Invalid(List<Violation> violations) implements RetryOutcome {
    /** Rejects null. */
    public Invalid {
      violations = List.copyOf(violations);
    }
  }

  /** The record keeps only the beginning of a large request, and there is no dead letter of it. */
  record NoRequest() implements RetryOutcome {}

  /** Someone else changed the record at the same time. */
  record Changed() implements RetryOutcome {}

  /** The queue refused the message. */
  record Refused(String reason) implements RetryOutcome {
    /** Rejects null. */
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** There is no record of such a job. */
  record Unknown() implements RetryOutcome {}
}
