package dev.renderworker.worker;

import dev.renderworker.job.RenderHandle;
import java.time.Instant;

/** What a delivery's claim to its job gave. */
sealed interface Claimed {

  /** The job is this worker's: start its render. */
  record ToStart(Claim claim) implements Claimed {}

  /** The job is this worker's now and has a render: go on following it. */
  record ToFollow(Claim claim, RenderHandle render) implements Claimed {}

  /**
   * The job is this worker's now, and an earlier owner may have started a render: look for it.
   *
   * @param leftBy when that start had left for sure, if it did
   */
  record ToSeek(Claim claim, Instant leftBy) implements Claimed {}

  /** There is nothing to do for the job, only for the message. */
  record Settled(Disposal disposal) implements Claimed {}
}
