package dev.renderworker.cli;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.operations.LetterSelection;
import picocli.CommandLine.Option;

/** Which dead letters a command means: one of these has to be given. */
final class LetterChoice {
  @Option(
      names = "--job",
      paramLabel = "JOB_ID",
      required = true,
      converter = JobIdConverter.class,
      description = "Those of one job.")
  private JobId job;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      required = true,
      description = "Those with one error code, such as SITE_UNREACHABLE.")
  private ErrorCode code;

  /** That one of the three is given is picocli's to check, so nobody reads it. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--all", required = true, description = "All of them.")
  private boolean all;

  LetterSelection selection() {
    if (job != null) {
      return new LetterSelection.OfJob(job);
    }
    return code == null ? new LetterSelection.All() : new LetterSelection.OfCode(code);
  }

  /** To complete "Redrive …?". */
  String words() {
    return switch (selection()) {
      case LetterSelection.All _ -> "all dead letters";
      case LetterSelection.OfJob(var jobId) -> "the dead letters of job " + jobId;
      case LetterSelection.OfCode(var errorCode) -> "the dead letters with " + errorCode;
    };
  }
}
