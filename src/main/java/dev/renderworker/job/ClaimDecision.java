package dev.renderworker.job;

import java.time.Duration;

/** What a worker does with a delivery whose job already has a record. */
public sealed interface ClaimDecision {

  /**
   * Claim the job and start a render.
   *
   * @param tries the start to make included
   */
  record Start(Tries tries) implements ClaimDecision {}

  /** Take the job over from an owner that is gone and go on following its render. */
  record Follow(RenderHandle render) implements ClaimDecision {}

  /**
   * Take the job over from an owner that is gone and look for a render that it may have started.
   */
  record SeekOrphan() implements ClaimDecision {}

  /** Someone else has the job: leave it alone and look again after the delay. */
  record LeaveAlone(Duration delay) implements ClaimDecision {}

  /** The job has ended for this message: delete the message. */
  record Acknowledge() implements ClaimDecision {}

  /** The job has failed for this message, which is not known to be dead-lettered yet: do that. */
  record DeadLetterAgain() implements ClaimDecision {}

  /** The job was cancelled before this delivery: end it without starting anything. */
  record Cancel() implements ClaimDecision {}

  /** The job id belongs to another request: reject this message. */
  record Conflict() implements ClaimDecision {}
}
