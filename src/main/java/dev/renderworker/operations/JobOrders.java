package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Instant;
import java.util.Optional;

/**
 * What people may write to the job table.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the table can't be reached or
 * refuses.
 */
public interface JobOrders {
  /**
   * Records a job as QUEUED, unless its id has a record.
   *
   * @return empty when recorded; else the record that has the job id already, unchanged
   */
  Optional<JobView> queued(QueuedJob job);

  /**
   * Ends a job that nobody holds; leaves word for the worker of one that is held. A job that has
   * ended stays as it is.
   */
  CancelOutcome cancel(JobId jobId, Instant at);

  /**
   * Makes a job that has ended without success QUEUED again, for a new round of attempts.
   *
   * @return false, and nothing is written, when the record has changed since it was seen
   */
  boolean queuedAgain(JobView seen, Instant at);
}
