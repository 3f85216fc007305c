package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.ToIntFunction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What the commands that clear dead letters away have in common: which ones, and whether. */
final class LetterOrder {
  @Mixin private Confirmation confirmation;
  @Mixin private Report report;

  @ArgGroup(multiplicity = "1")
  private LetterChoice choice;

  @Option(names = "--dry-run", description = "Only list which would be.")
  private boolean dryRun;

  LetterChoice choice() {
    return choice;
  }

  /**
   * Lists the letters in a dry run; else asks, and does it.
   *
   * @param question has a place for the letters that are meant
   * @param deed gives the exit code
   */
  int carryOut(DlqCommand dlq, CommandSpec spec, String question, ToIntFunction<DeadLetters> deed)
      throws IOException {
    RenderWorkerCommand program = dlq.program();
    try (Session session = program.session()) {
      DeadLetters letters = dlq.letters(session);
      if (dryRun) {
        return list(letters, spec.commandLine().getOut(), program.style());
      }
      PrintWriter err = spec.commandLine().getErr();
      return confirmation.given(program.surroundings(), err, question.formatted(choice.words()))
          ? deed.applyAsInt(letters)
          : ExitCode.FAILED;
    }
  }

  private int list(DeadLetters letters, PrintWriter out, Style style) {
    LetterTable.show(
        letters.list(choice.selection(), Integer.MAX_VALUE), out, style, report.json());
    return ExitCode.DONE;
  }

  /** Says what became of so many letters. */
  int done(CommandSpec spec, String words, String outcome, long letters) {
    return report.done(spec.commandLine().getOut(), words, outcome, Map.of("letters", letters));
  }
}
