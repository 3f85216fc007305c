package dev.renderworker.jobtable;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Which tables, and how long a record is kept.
 *
 * @param jobsTable key {@code jobId} (string), index {@code status-updatedAt}
 * @param workersTable key {@code workerId} (string)
 * @param retention how long after its end a job's record expires; positive
 */
public record TableSettings(String jobsTable, String workersTable, Duration retention) {
  /** Rejects null and a retention that is not positive. */
  public TableSettings {
    requireNonNull(jobsTable, "jobsTable");
    requireNonNull(workersTable, "workersTable");
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("retention: positive, not " + retention);
    }
  }
}
