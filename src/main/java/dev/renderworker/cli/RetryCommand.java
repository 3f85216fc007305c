package dev.renderworker.cli;

import dev.renderworker.job.Violation;
import dev.renderworker.operations.RetryOutcome;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Has a job tried again. */
@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = {
      "Tries a job again under its id, with a new round of attempts: one that has failed, was"
          + " rejected or cancelled, or is lost.",
      "Its dead letter stays; redriven later, it does no harm."
    },
    footer = {"", "Example: render-worker retry invoice-2026-0042"})
final class RetryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;
  @Mixin private JobArgument job;
  @Mixin private Report report;

  @Override
  public Integer call() {
    try (Session session = program.session()) {
      return switch (session.operations().retry(job.id())) {
        case RetryOutcome.Sent _ ->
            report.done(
                spec.commandLine().getOut(),
                "Sent again.",
                "SENT",
                Map.of("jobId", job.id().value()));
        case RetryOutcome.NothingToRetry(var status) -> refuse(" has nothing to retry: " + status);
        case RetryOutcome.Invalid(var violations) ->
            refuse(
                " would be rejected again: "
                    + violations.stream()
                        .map(Violation::toString)
                        .collect(Collectors.joining("; ")));
        case RetryOutcome.NoRequest _ ->
            refuse(
                " was too large for its record, and there is no dead letter of it: send it again");
        case RetryOutcome.Changed _ -> refuse(" has just been changed by someone else: look again");
        case RetryOutcome.Refused(var reason) -> refuse(" was refused by the queue: " + reason);
        case RetryOutcome.Unknown _ -> program.unknown(spec, job.id());
      };
    }
  }

  private int refuse(String why) {
    return program.refuse(spec, "job " + job.id() + why);
  }
}
