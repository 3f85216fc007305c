package dev.renderworker.cli;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.LostJobs;
import java.util.Set;

/**
 * A job as the tables show it.
 *
 * @param progress 0 to 1
 * @param lost whether nobody will bring it to its end
 * @param note what matters now: the output's URL, or the error
 */
record JobRow(
    String jobId,
    String composition,
    JobStatus status,
    double progress,
    boolean lost,
    String note) {
  /** A record keeps its last error while the next attempt runs; then it is no news. */
  private static final Set<JobStatus> FAILED =
      Set.of(JobStatus.FAILED, JobStatus.REJECTED, JobStatus.RETRYING);

  /** A job that has no record yet. */
  static JobRow waiting(String jobId, String composition) {
    return new JobRow(jobId, composition, JobStatus.QUEUED, 0, false, "");
  }

  /** The row of a record. */
  static JobRow of(JobView job) {
    return new JobRow(
        job.id().value(),
        text(job, "composition"),
        job.status(),
        job.progress(),
        job.flag(LostJobs.LOST),
        note(job));
  }

  /** Whether the job has ended. */
  boolean ended() {
    return status.isFinal();
  }

  /** The status, with a word where the job is lost. */
  String shownStatus() {
    return lost ? "LOST " + status : status.name();
  }

  /** The progress, rounded down: 100 % is the end. */
  String percent() {
    return "%3.0f %%".formatted(Math.floor(progress * 100));
  }

  private static String note(JobView job) {
    return FAILED.contains(job.status())
        ? text(job, "errorCode") + ": " + text(job, "errorMessage")
        : text(job, "outputUrl");
  }

  private static String text(JobView job, String attribute) {
    return job.text(attribute).orElse("");
  }
}
