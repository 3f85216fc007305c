package dev.renderworker.worker;

import dev.renderworker.job.RenderHandle;

/** What a delivery's claim to its job gave. */
sealed interface Claimed {

  /** The job is this worker's: start its render. */
  record ToStart(Claim claim) implements Claimed {}

  /** The job is this worker's now and has a render: go on following it. */
  record ToFollow(Claim claim, RenderHandle render) implements Claimed {}

  /** The job is this worker's now, and its last owner may have started a render: look for it. */
  record ToSeek(Claim claim) implements Claimed {}

  /** There is nothing to do for the job, only for the message. */
  record Settled(Disposal disposal) implements Claimed {}
}
