package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What reading a message body gave. */
public sealed interface ParsedMessage {

  /** The body satisfies the message contract. */
  record Valid(RenderRequest request) implements ParsedMessage {
    /** Rejects null. */
    public Valid {
      requireNonNull(request, "request");
    }
  }

  /**
   * The body breaks the message contract.
   *
   * @param jobId the job id, where the body has one that can be read and is valid
   * @param violations at least one
   */
  record Invalid(Optional<JobId> jobId, List<Violation> violations) implements ParsedMessage {
    /** Rejects null and an empty list. */
    public Invalid {
      requireNonNull(jobId, "jobId");
      violations = List.copyOf(violations);
      if (violations.isEmpty()) {
        throw new IllegalArgumentException("violations: at least one");
      }
    }
  }
}
