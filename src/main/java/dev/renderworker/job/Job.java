package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The part of a job's record that decides what may happen to it next.
 *
 * @param state status and what goes with it
 * @param messageId the SQS message that brought the job last
 * @param fingerprint of the request; empty where the record was made by a rejection
 * @param render the render of the current attempt, once it has an id
 * @param cancelRequested whether someone asked for the job to end
 * @param lastError why the last attempt failed, where it did
 */
public record Job(
    JobId id,
    State state,
    Optional<String> messageId,
    Optional<String> fingerprint,
    Optional<RenderHandle> render,
    boolean cancelRequested,
    Optional<LastError> lastError) {
  /** Rejects null. */
  public Job {
    requireNonNull(id, "id");
    requireNonNull(state, "state");
    requireNonNull(messageId, "messageId");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(render, "render");
    requireNonNull(lastError, "lastError");
  }

  /** Why an attempt failed. */
  public record LastError(ErrorCode code, String message) {
    /** Rejects null. */
    public LastError {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
    }
  }

  /**
   * Status and what goes with it.
   *
   * @param attempt starts so far over the job's whole life
   * @param earlierAttempts those of them that belong to earlier rounds (before a redrive)
   * @param owner the worker that holds the job; empty when nobody does
   * @param retryAt until when a RETRYING job waits
   * @param updatedAt of the last write
   * @param startedAt of the current attempt's claim
   * @param deadLettered whether the message of a FAILED or REJECTED job is in the dead-letter queue
   */
  public record State(
      JobStatus status,
      int attempt,
      int earlierAttempts,
      Optional<WorkerId> owner,
      Optional<Instant> retryAt,
      Instant updatedAt,
      Optional<Instant> startedAt,
      boolean deadLettered) {
    /** Rejects null. */
    public State {
      requireNonNull(status, "status");
      requireNonNull(owner, "owner");
      requireNonNull(retryAt, "retryAt");
      requireNonNull(updatedAt, "updatedAt");
      requireNonNull(startedAt, "startedAt");
    }
  }

  /** The status. */
  public JobStatus status() {
    return state.status();
  }
}
