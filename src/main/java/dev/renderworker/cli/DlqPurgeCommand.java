package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import dev.renderworker.operations.PurgeOutcome;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private LetterOrder order;

  @Override
  public Integer call() throws IOException {
    return order.carryOut(dlq, spec, "Delete %s for good?", this::purge);
  }

  private int purge(DeadLetters letters) {
    return switch (letters.purge(order.choice().selection())) {
      case PurgeOutcome.Deleted(var deleted) when deleted == 0 -> dlq.none(spec);
      case PurgeOutcome.Deleted(var deleted) ->
          order.done(spec, deleted + " deleted.", "DELETED", deleted);
      case PurgeOutcome.Deleting(var about) ->
          order.done(spec, "SQS is deleting about " + about + ".", "DELETING", about);
    };
  }
}
