package dev.renderworker.cli;

import dev.renderworker.job.JobId;
import dev.renderworker.operations.CancelOutcome;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Cancels a job. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = {
      "Cancels a job that has not ended. A waiting one ends at once; a rendering one within half a"
          + " minute, by its worker.",
      "A render that was started with enableCancellation false runs on, and is paid for."
    },
    footer = {"", "Example: render-worker cancel invoice-2026-0042"})
final class CancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;
  @Mixin private Confirmation confirmation;

  @Parameters(
      paramLabel = "JOB_ID",
      converter = JobIdConverter.class,
      description = "The job's id.")
  private JobId jobId;

  @Override
  public Integer call() throws IOException {
    var err = spec.commandLine().getErr();
    if (!confirmation.given(program.surroundings(), err, "Cancel job " + jobId + "?")) {
      return ExitCode.FAILED;
    }
    try (Session session = program.session()) {
      return switch (session.operations().cancel(jobId)) {
        case CancelOutcome.Ended _ -> done("Cancelled.");
        case CancelOutcome.Requested _ -> done("Asked its worker to cancel it.");
        case CancelOutcome.Over(var status) ->
            program.refuse(spec, "job " + jobId + " has ended already: " + status);
        case CancelOutcome.Unknown _ -> program.unknown(spec, jobId);
      };
    }
  }

  private int done(String what) {
    spec.commandLine().getOut().println(what);
    return ExitCode.DONE;
  }
}
