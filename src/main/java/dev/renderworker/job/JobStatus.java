package dev.renderworker.job;

/** Where a job is in its life. */
public enum JobStatus {
  /** Known and waiting in the queue, nothing started. A worker's claim makes it STARTING. */
  QUEUED,
  /**
   * Claimed: a worker is about to ask for the render. The owner moves it to RENDERING (or, a still,
   * to SUCCEEDED), RETRYING, FAILED, CANCELLED, or back to QUEUED when nothing could be started.
   */
  STARTING,
  /**
   * The render has an id and is being followed. The owner moves it to SUCCEEDED, RETRYING, FAILED
   * or CANCELLED; a worker that takes over leaves it here and changes the owner.
   */
  RENDERING,
  /** An attempt failed; the message is hidden for the backoff. The next claim makes it STARTING. */
  RETRYING,
  /** Final: the output is there. */
  SUCCEEDED,
  /** Final: someone asked for it to end. */
  CANCELLED,
  /** Final for its message, which is in the dead-letter queue. A redrive starts a new round. */
  FAILED,
  /** Final for its message: the body breaks the contract, or its job id belongs to another job. */
  REJECTED;

  /** Whether no worker will move the job on for the same message. */
  public boolean isFinal() {
    return switch (this) {
      case SUCCEEDED, CANCELLED, FAILED, REJECTED -> true;
      case QUEUED, STARTING, RENDERING, RETRYING -> false;
    };
  }
}
