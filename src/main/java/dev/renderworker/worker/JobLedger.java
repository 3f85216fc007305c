package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Optional;

/**
 * The job table: one record a job, one conditional write a transition.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the table can't be reached or
 * refuses, after the adapter's own retries. Every method that takes an {@link Ownership} throws
 * {@link FencedException}, and writes nothing, when that no longer holds.
 */
public interface JobLedger {

  /**
   * Claims a job that has no record yet, or is QUEUED with the same fingerprint, has no attempt
   * behind it and was not cancelled: it becomes STARTING.
   *
   * @return empty when claimed; else the record that is in the way, unchanged
   */
  Optional<Job> claimNew(Claim claim);

  /**
   * Claims a job as it was seen: it becomes STARTING.
   *
   * @return false, and nothing is written, when the record has changed since
   */
  boolean claim(Job seen, Claim claim);

  /**
   * Makes the worker the owner of a STARTING or RENDERING job as it was seen; nothing else changes.
   *
   * @param delivery the message that brought the job
   * @return false, and nothing is written, when the record has changed since
   */
  boolean takeOver(Job seen, WorkerId newOwner, Delivery delivery, Instant at);

  /**
   * The start of a STARTING job is tried now, a while after its claim: what may still appear of it
   * is reckoned from here.
   *
   * @return whether someone asked for the job to be cancelled
   */
  boolean startingNow(Ownership ownership, Instant at);

  /**
   * The render has an id: the job becomes RENDERING.
   *
   * @param links for whoever looks at the record
   */
  void rendering(Ownership ownership, RenderHandle render, RenderLinks links, Instant at);

  /**
   * Records how far the render is, 0 to 1.
   *
   * @return whether someone asked for the job to be cancelled
   */
  boolean progress(Ownership ownership, double progress, Instant at);

  /** The output is there: the job becomes SUCCEEDED. */
  void succeeded(Ownership ownership, RenderHandle render, RenderOutput output, Instant at);

  /**
   * The attempt failed and another follows: the job becomes RETRYING. An attempt that is not
   * charged moves to the earlier ones, so that the round has as many left as before, and counts as
   * uncharged.
   */
  void retrying(Ownership ownership, Failure failure, NextStep.Retry next, Instant at);

  /** The job is over: it becomes FAILED. */
  void failed(Ownership ownership, Failure failure, Instant at);

  /**
   * Someone asked for the end: the job becomes CANCELLED.
   *
   * @param note for its history; may be empty
   */
  void cancelled(Ownership ownership, String note, Instant at);

  /** A job that nobody holds was cancelled before anything started: it becomes CANCELLED. */
  boolean cancelled(Job seen, Instant at);

  /**
   * Nothing was started: the attempt is not charged, the owner is removed, and the job is QUEUED or
   * RETRYING again, as it was before the claim.
   *
   * @param earlierAttempts as in the claim's tries
   */
  void putBack(Ownership ownership, int earlierAttempts, String note, Instant at);

  /** Hands a STARTING or RENDERING job over: the owner is removed, everything else stays. */
  void release(Ownership ownership, Instant at);

  /**
   * Records a message that can't become a job as REJECTED, unless its job id has a record of a real
   * job already, which stays as it is.
   *
   * @return false, and nothing is written, when this very message was rejected before and is in the
   *     dead-letter queue already
   */
  boolean rejected(Rejection rejection);

  /**
   * Notes that the message of a FAILED or REJECTED job is in the dead-letter queue; writes nothing
   * when it was another message that brought the job last.
   */
  void deadLettered(JobId jobId, String messageId, Instant at);

  /** The job's record, if there is one. */
  Optional<Job> find(JobId jobId);
}
