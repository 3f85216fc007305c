package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import picocli.CommandLine.Parameters;

/** The one job that a command is about. */
final class JobArgument {
  @Parameters(
      paramLabel = "JOB_ID",
      converter = JobIdConverter.class,
      description = "The job's id.")
  private JobId id;

  JobId id() {
    return id;
  }
}
