package dev.renderworker.cli;

import dev.renderworker.operations.JobView;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows one job. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = "Shows everything that is known of a job, with its links and its timeline.",
    footer = {"", "Example: render-worker job invoice-2026-0042"})
final class JobCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private RenderWorkerCommand program;
  @Mixin private JobArgument job;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    try (Session session = program.session()) {
      Optional<JobView> found = session.archive().find(job.id());
      if (found.isEmpty()) {
        return program.unknown(spec, job.id());
      }
      JobView shown = session.flagged(List.of(found.get())).getFirst();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.line(shown.attributes()));
      } else {
        AttributeList.print(shown.attributes(), out);
      }
      out.flush();
      return ExitCode.DONE;
    }
  }
}
