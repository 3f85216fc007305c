package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import dev.renderworker.operations.RedriveOutcome;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sends dead letters to the queue of requests again. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Sends dead letters to the queue of requests again, which gives each job a new round of"
          + " attempts.",
      "All are moved by SQS itself, which goes on when this has ended; some one by one."
    },
    footer = {"", "Example: render-worker dlq redrive --job invoice-2026-0042"})
final class DlqRedriveCommand implements Callable<Integer> {
  /** SQS: StartMessageMoveTask, MaxNumberOfMessagesPerSecond. */
  private static final int FASTEST = 500;

  @Spec private CommandSpec spec;
  @ParentCommand private DlqCommand dlq;
  @Mixin private Confirmation confirmation;

  @ArgGroup(multiplicity = "1")
  private LetterChoice choice;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "How many a second at most, 1 to 500; default: as fast as it goes.")
  private Optional<Integer> rate;

  @Option(names = "--dry-run", description = "Only list what would be sent.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    rate.ifPresent(given -> dlq.program().between(spec, "--rate", given, 1, FASTEST));
    RenderWorkerCommand program = dlq.program();
    var out = spec.commandLine().getOut();
    try (Session session = program.session()) {
      DeadLetters letters = dlq.letters(session);
      if (dryRun) {
        LetterTable.print(
            letters.list(choice.selection(), Integer.MAX_VALUE), out, program.style());
        return ExitCode.DONE;
      }
      String question = "Redrive " + choice.words() + "?";
      if (!confirmation.given(program.surroundings(), spec.commandLine().getErr(), question)) {
        return ExitCode.FAILED;
      }
      OptionalInt perSecond = rate.map(OptionalInt::of).orElseGet(OptionalInt::empty);
      return switch (letters.redrive(choice.selection(), perSecond)) {
        case RedriveOutcome.Moved(var moved) when moved == 0 ->
            program.refuse(spec, "there are no such dead letters");
        case RedriveOutcome.Moved(var moved) -> done(moved + " sent again.");
        case RedriveOutcome.Moving(var about) when about == 0 -> done("There are none.");
        case RedriveOutcome.Moving(var about) -> done("SQS is moving about " + about + ".");
      };
    }
  }

  private int done(String what) {
    spec.commandLine().getOut().println(what);
    return ExitCode.DONE;
  }
}
