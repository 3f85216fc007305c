package dev.renderworker.cli;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.operations.DeadJob;
import dev.renderworker.operations.LetterSelection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists dead letters. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists dead letters.",
    footer = {"", "Example: render-worker dlq list --code COMPOSITION_ERROR"})
final class DlqListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private DlqCommand dlq;

  @Option(names = "--code", paramLabel = "CODE", description = "Only those with this error code.")
  private Optional<ErrorCode> code;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many at most; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "One JSON object a line, with the body.")
  private boolean json;

  @Override
  public Integer call() {
    dlq.program().atLeastOne(spec, "--limit", limit);
    try (Session session = dlq.program().session()) {
      LetterSelection selection =
          code.<LetterSelection>map(LetterSelection.OfCode::new)
              .orElseGet(LetterSelection.All::new);
      List<DeadJob> letters = dlq.letters(session).list(selection, limit);
      LetterTable.show(letters, spec.commandLine().getOut(), dlq.program().style(), json);
      return ExitCode.DONE;
    }
  }
}
