package dev.renderworker.worker;

import dev.renderworker.job.Ownership;

/** The job belongs to another worker or another attempt now: whoever gets this has to let go. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one for the ownership that no longer holds. */
  public FencedException(Ownership lost) {
    super("job " + lost.jobId() + " no longer belongs to attempt " + lost.attempt() + " here");
  }
}
