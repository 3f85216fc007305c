package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;

/** The command that holds those for dead letters. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Looks after the dead-letter queue.",
      "While a command looks through it, its letters are out of sight of others, for 5 minutes at"
          + " most. Of a FIFO queue it sees the first ten letters of each group."
    },
    footer = {"", "Example: render-worker dlq redrive --code SITE_UNREACHABLE --rate 5"},
    subcommands = {
      DlqListCommand.class,
      DlqShowCommand.class,
      DlqRedriveCommand.class,
      DlqPurgeCommand.class
    })
final class DlqCommand {
  @ParentCommand private RenderWorkerCommand program;

  RenderWorkerCommand program() {
    return program;
  }

  /** The dead letters of a session, which stays open. */
  DeadLetters letters(Session session) {
    return session.operations().deadLetters();
  }

  /** Says that nothing was meant, and gives the exit code. */
  int none(CommandSpec spec) {
    return program.refuse(spec, "there are no such dead letters");
  }
}
