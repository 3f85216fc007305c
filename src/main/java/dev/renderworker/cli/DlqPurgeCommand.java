package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import dev.renderworker.operations.PurgeOutcome;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Deletes dead letters. */
@Command(
    name = "purge",
    mixinStandardHelpOptions = true,
    description = {
      "Deletes dead letters for good; the records of the jobs stay.",
      "All are deleted by SQS itself, which takes up to a minute; some one by one."
    },
    footer = {"", "Example: render-worker dlq purge --code INVALID_MESSAGE --dry-run"})
final class DlqPurgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @ParentCommand private DlqCommand dlq;
  @Mixin private Confirmation confirmation;

  @ArgGroup(multiplicity = "1")
  private LetterChoice choice;

  @Option(names = "--dry-run", description = "Only list what would be deleted.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    RenderWorkerCommand program = dlq.program();
    var out = spec.commandLine().getOut();
    try (Session session = program.session()) {
      DeadLetters letters = dlq.letters(session);
      if (dryRun) {
        LetterTable.print(
            letters.list(choice.selection(), Integer.MAX_VALUE), out, program.style());
        return ExitCode.DONE;
      }
      String question = "Delete " + choice.words() + " for good?";
      if (!confirmation.given(program.surroundings(), spec.commandLine().getErr(), question)) {
        return ExitCode.FAILED;
      }
      return switch (letters.purge(choice.selection())) {
        case PurgeOutcome.Deleted(var deleted) when deleted == 0 ->
            program.refuse(spec, "there are no such dead letters");
        case PurgeOutcome.Deleted(var deleted) -> done(deleted + " deleted.");
        case PurgeOutcome.Deleting(var about) -> done("SQS is deleting about " + about + ".");
      };
    }
  }

  private int done(String what) {
    spec.commandLine().getOut().println(what);
    return ExitCode.DONE;
  }
}
