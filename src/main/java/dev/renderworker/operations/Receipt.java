package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;

/** What submitting a request gave. */
public sealed interface Receipt {
  /** The request is in the queue. */
  record Accepted(JobId jobId) implements Receipt {
    /** Rejects null. */
    public Accepted {
      requireNonNull(jobId, "jobId");
    }
  }

  /** The same request was submitted under this id before; nothing was sent, its job answers. */
  record Known(JobView job) implements Receipt {
    /** Rejects null. */
    public Known {
      requireNonNull(job, "job");
    }
  }

  /** The id belongs to a job with another request; nothing was sent: {@code JOB_ID_CONFLICT}. */
  record Conflict(JobView job) implements Receipt {
    /** Rejects null. */
    public Conflict {
      requireNonNull(job, "job");
    }
  }

  /** The queue refused the message. */
  record Refused(String reason) implements Receipt {
    /** Rejects null. */
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
