package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A place in the list of jobs, which begins with the one that changed last: behind this one. Jobs
 * that change at the same instant come by their id.
 */
public record JobCursor(Instant updatedAt, JobId id) {
  private static final char SEPARATOR = '_';

  /** Rejects null. */
  public JobCursor {
    requireNonNull(updatedAt, "updatedAt");
    requireNonNull(id, "id");
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when the text is no cursor
   */
  public static JobCursor parse(String text) {
    int end = text.indexOf(SEPARATOR);
    try {
      return new JobCursor(
          Instant.parse(text.substring(0, Math.max(end, 0))), new JobId(text.substring(end + 1)));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no place in a list of jobs: " + text, e);
    }
  }

  /** Whether the job is behind this place. */
  public boolean isBefore(Instant otherUpdatedAt, JobId other) {
    return otherUpdatedAt.isBefore(updatedAt)
        || (otherUpdatedAt.equals(updatedAt) && other.value().compareTo(id.value()) > 0);
  }

  @Override
  public String toString() {
    return updatedAt.toString() + SEPARATOR + id;
  }
}
