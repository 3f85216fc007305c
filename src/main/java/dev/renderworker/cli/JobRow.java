package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobView;
import java.util.Set;

/**
 * A job as the tables show it.
 *
 * @param progress 0 to 1
 * @param note what matters now: the output's URL, or the error
 */
record JobRow(String jobId, String composition, String status, double progress, String note) {
  /** A record keeps its last error while the next attempt runs; then it is no news. */
  private static final Set<String> FAILED =
      Set.of(JobStatus.FAILED.name(), JobStatus.REJECTED.name(), JobStatus.RETRYING.name());

  /** A job that has no record yet. */
  static JobRow waiting(String jobId, String composition) {
    return new JobRow(jobId, composition, "QUEUED", 0, "");
  }

  /** The row of a record. */
  static JobRow of(JobView job) {
    return new JobRow(
        job.id().value(), text(job, "composition"), job.status().name(), job.progress(), note(job));
  }

  /** Whether the job has ended. */
  boolean ended() {
    return JobStatus.valueOf(status).isFinal();
  }

  boolean is(JobStatus wanted) {
    return status.equals(wanted.name());
  }

  private static String note(JobView job) {
    boolean failed = FAILED.contains(text(job, "status"));
    return failed
        ? text(job, "errorCode") + ": " + text(job, "errorMessage")
        : text(job, "outputUrl");
  }

  private static String text(JobView job, String attribute) {
    return job.text(attribute).orElse("");
  }
}
