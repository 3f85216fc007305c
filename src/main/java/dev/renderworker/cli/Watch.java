package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.util.List;

/** Follows jobs in the job table and shows them as they move. */
final class Watch {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final JobArchive jobs;
  private final LiveTable table;
  private final StopSignal stop;

  Watch(JobArchive jobs, LiveTable table, StopSignal stop) {
    this.jobs = jobs;
    this.table = table;
    this.stop = stop;
  }

  /**
   * Shows the jobs until all have ended.
   *
   * @return the exit code: done when all have succeeded
   */
  int untilEnded(List<JobRow> waiting) {
    List<JobRow> rows = waiting;
    do {
      rows = rows.stream().map(this::now).toList();
      table.show("", rows);
    } while (!rows.stream().allMatch(JobRow::ended) && !stop.await(INTERVAL));
    boolean succeeded = rows.stream().allMatch(row -> row.status() == JobStatus.SUCCEEDED);
    return succeeded ? ExitCode.DONE : ExitCode.FAILED;
  }

  private JobRow now(JobRow row) {
    return row.ended() ? row : jobs.find(new JobId(row.jobId())).map(JobRow::of).orElse(row);
  }
}
