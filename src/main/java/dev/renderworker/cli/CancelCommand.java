package dev.renderworker.cli;

import dev.renderworker.operations.CancelOutcome;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private JobArgument job;
  @Mixin private Report report;
  @Mixin private Confirmation confirmation;

  @Override
  public Integer call() throws IOException {
    var err = spec.commandLine().getErr();
    if (!confirmation.given(program.surroundings(), err, "Cancel job " + job.id() + "?")) {
      return ExitCode.FAILED;
    }
    try (Session session = program.session()) {
      return switch (session.operations().cancel(job.id())) {
        case CancelOutcome.Ended _ -> done("Cancelled.", "CANCELLED");
        case CancelOutcome.Requested _ -> done("Asked its worker to cancel it.", "REQUESTED");
        case CancelOutcome.Over(var status) ->
            program.refuse(spec, "job " + job.id() + " has ended already: " + status);
        case CancelOutcome.Unknown _ -> program.unknown(spec, job.id());
      };
    }
  }

  private int done(String words, String outcome) {
    return report.done(
        spec.commandLine().getOut(), words, outcome, Map.of("jobId", job.id().value()));
  }
}
