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
   * @param tries how often the job was started
   * @param owner the worker that holds the job; empty when nobody does
   * @param deadLettered whether the message of a FAILED or REJECTED job is in the dead-letter queue
   */
  public record State(
      JobStatus status, Tries tries, Optional<WorkerId> owner, Times times, boolean deadLettered) {
    /** Rejects null. */
    public State {
      requireNonNull(status, "status");
      requireNonNull(tries, "tries");
      requireNonNull(owner, "owner");
      requireNonNull(times, "times");
    }
  }

  /**
   * When things happened, or are due.
   *
   * @param updated the last write
   * @param started the claim of the current attempt
   * @param takenOver when that attempt was first taken over from a worker that was gone
   * @param retry until when a RETRYING job waits
   */
  public record Times(
      Instant updated,
      Optional<Instant> started,
      Optional<Instant> takenOver,
      Optional<Instant> retry) {
    /** Rejects null. */
    public Times {
      requireNonNull(updated, "updated");
      requireNonNull(started, "started");
      requireNonNull(takenOver, "takenOver");
      requireNonNull(retry, "retry");
    }
  }

  /** Whether the job belongs to that attempt of that worker. */
  public boolean isHeldBy(Ownership ownership) {
    return state.owner().equals(Optional.of(ownership.owner()))
        && state.tries().attempt() == ownership.attempt();
  }

  /** The status. */
  public JobStatus status() {
    return state.status();
  }
}
