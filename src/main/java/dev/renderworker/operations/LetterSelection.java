package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import java.util.Optional;

/** Which dead letters are meant. */
public sealed interface LetterSelection {
  /** All of them. */
  record All() implements LetterSelection {}

  /** Those of one job. */
  record OfJob(JobId jobId) implements LetterSelection {
    /** Rejects null. */
    public OfJob {
      requireNonNull(jobId, "jobId");
    }
  }

  /** Those with one error code. */
  record OfCode(ErrorCode code) implements LetterSelection {
    /** Rejects null. */
    public OfCode {
      requireNonNull(code, "code");
    }
  }

  /** Whether the letter is meant. */
  default boolean includes(DeadJob dead) {
    return switch (this) {
      case All _ -> true;
      case OfJob(var jobId) -> dead.jobId().equals(jobId);
      case OfCode(var code) -> dead.letter().text("errorCode").equals(Optional.of(code.name()));
    };
  }
}
