package dev.renderworker.cli;

import dev.renderworker.operations.DeadJob;
import dev.renderworker.operations.LetterSelection;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows a job's dead letters. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows the dead letters of a job whole, with their bodies.",
    footer = {"", "Example: render-worker dlq show invoice-2026-0042"})
final class DlqShowCommand implements Callable<Integer> {
  /** A job rarely has two. */
  private static final int MOST = 10;

  @Spec private CommandSpec spec;
  @ParentCommand private DlqCommand dlq;
  @Mixin private JobArgument job;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    try (Session session = dlq.program().session()) {
      List<DeadJob> letters = dlq.letters(session).list(new LetterSelection.OfJob(job.id()), MOST);
      if (letters.isEmpty()) {
        return dlq.program().refuse(spec, "there is no dead letter of job " + job.id());
      }
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        LetterTable.printJson(letters, out);
      } else {
        letters.forEach(dead -> AttributeList.print(dead.attributes(), out));
      }
      return ExitCode.DONE;
    }
  }
}
