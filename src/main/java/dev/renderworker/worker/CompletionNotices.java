package dev.renderworker.worker;

import dev.renderworker.job.JobId;

/** Tells whoever waits for a job that it has ended. */
@FunctionalInterface
public interface CompletionNotices {

  /**
   * Tells of the job what its record says now; returns when the target has taken it, within
   * seconds. The same end may be told more than once.
   *
   * @throws ServiceUnavailableException when the target can't be reached or refuses
   */
  void send(JobId job);
}
