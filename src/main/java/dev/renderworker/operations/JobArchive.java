package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The records of jobs and workers, to be read.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the tables can't be reached or
 * refuse.
 */
public interface JobArchive {
  /** The whole record of a job, as of now. */
  Optional<JobView> find(JobId jobId);

  /**
   * Jobs of any of the statuses, newest first. The list lags a moment behind the records: a job
   * that has just changed can be missing, or show its new status.
   *
   * @param limit how many at most, from 1
   * @param after where the page before ended; empty for the first one
   */
  JobPage list(Set<JobStatus> statuses, int limit, Optional<JobCursor> after);

  /** When the job of that status that has not changed for longest was written last. */
  Optional<Instant> oldest(JobStatus status);

  /** The workers that beat last, newest first; one that was killed stays for a day. */
  List<WorkerView> workers();
}
