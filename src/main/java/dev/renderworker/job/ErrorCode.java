package dev.renderworker.job;

import static dev.renderworker.job.ErrorCode.Blame.ENVIRONMENT;
import static dev.renderworker.job.ErrorCode.Blame.JOB;

/**
 * What can go wrong with a job. Record, dead letter, metric and log line name the same code.
 *
 * <p>The job's faults cost the job an attempt or its life; the environment's faults never do.
 */
public enum ErrorCode {
  /** The body breaks the message contract. */
  INVALID_MESSAGE(JOB, false),
  /** The job id belongs to a job with another request. */
  JOB_ID_CONFLICT(JOB, false),
  /** The message crashed workers too often. */
  POISON_MESSAGE(JOB, false),
  /** The function refused the parameters of the request. */
  INVALID_REQUEST(JOB, false),
  /** The function that the message names does not exist. */
  FUNCTION_NOT_FOUND(JOB, false),
  /** The request is larger than the function takes. */
  PAYLOAD_TOO_LARGE(JOB, false),
  /** The site has no composition of that id. */
  COMPOSITION_NOT_FOUND(JOB, false),
  /** The serve URL answers with something that is not a Remotion site. */
  SITE_NOT_FOUND(JOB, false),
  /** The serve URL could not be reached: DNS, connection or server trouble. */
  SITE_UNREACHABLE(JOB, true),
  /** The composition's own code threw, or called cancelRender(). */
  COMPOSITION_ERROR(JOB, false),
  /** A delayRender() handle was not continued in time. */
  DELAY_RENDER_TIMEOUT(JOB, true),
  /** The render function ran into its timeout. */
  RENDER_TIMEOUT(JOB, true),
  /** The render never reported, or stopped reporting, and its deadline has passed. */
  RENDER_LOST(JOB, true),
  /** The browser crashed or ran out of memory. */
  BROWSER_CRASHED(JOB, true),
  /** The function's disk is full. */
  DISK_FULL(JOB, false),
  /** A passing fault inside the render, as of the network. */
  FLAKY_RENDER(JOB, true),
  /** The input props that the message points to are not there, too large, or no JSON object. */
  INPUT_PROPS_UNREADABLE(JOB, false),
  /** The uploaded input props were gone when the function wanted them. */
  INPUT_PROPS_MISSING(JOB, true),
  /** An output of that name exists and {@code overwrite} is false. */
  OUTPUT_EXISTS(JOB, false),
  /** The start may or may not have taken effect: its answer was lost. */
  START_UNCERTAIN(JOB, true),
  /** The render was cancelled by someone other than this service. */
  RENDER_CANCELLED(JOB, false),
  /** AWS concurrency was used up inside the render. */
  CONCURRENCY_LIMIT(ENVIRONMENT, true),
  /** AWS asked to slow down. */
  THROTTLED(ENVIRONMENT, true),
  /** A service had a passing fault or could not be reached; nothing was started. */
  SERVICE_UNAVAILABLE(ENVIRONMENT, true),
  /** The role may not do what is needed. */
  ACCESS_DENIED(ENVIRONMENT, true),
  /** The role's credentials are expired, revoked or not valid in the region. */
  CREDENTIALS_INVALID(ENVIRONMENT, true),
  /** The configured render function does not exist. */
  FUNCTION_MISSING(ENVIRONMENT, true),
  /** The function has another version than the one that was sent. */
  VERSION_MISMATCH(ENVIRONMENT, true),
  /** The render bucket is missing, ambiguous, or refuses the function. */
  BUCKET_REFUSED(ENVIRONMENT, true),
  /** The function cannot run: wrong configuration of the function itself. */
  FUNCTION_UNUSABLE(ENVIRONMENT, true),
  /** A fault of this program; the message is tried again. */
  INTERNAL_ERROR(JOB, true);

  /** Whose fault it is. */
  public enum Blame {
    /** The job's: it costs an attempt. */
    JOB,
    /** The environment's: the job waits and pays nothing. */
    ENVIRONMENT
  }

  private final Blame blame;
  private final boolean retryable;

  ErrorCode(Blame blame, boolean retryable) {
    this.blame = blame;
    this.retryable = retryable;
  }

  /** Whose fault it is. */
  public Blame blame() {
    return blame;
  }

  /** Whether another try can end better. */
  public boolean retryable() {
    return retryable;
  }
}
