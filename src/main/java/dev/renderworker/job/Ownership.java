package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

/**
 * The right to write to a job: every write after the claim is conditional on it, so that a worker
 * that was frozen and comes back can't overwrite what its successor wrote.
 *
 * @param attempt counts the starts of the job over its whole life, from 1
 */
public record Ownership(JobId jobId, WorkerId owner, int attempt) {
  /** Rejects null and an attempt below 1. */
  public Ownership {
    requireNonNull(jobId, "jobId");
    requireNonNull(owner, "owner");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt: from 1, not " + attempt);
    }
  }
}
