package dev.renderworker.cli;

import dev.renderworker.operations.DeadLetters;
import dev.renderworker.operations.RedriveOutcome;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
  @Mixin private LetterOrder order;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "How many a second at most, 1 to 500; default: as fast as it goes.")
  private Optional<Integer> rate;

  @Override
  public Integer call() throws IOException {
    rate.ifPresent(given -> dlq.program().between(spec, "--rate", given, 1, FASTEST));
    return order.carryOut(dlq, spec, "Redrive %s?", this::redrive);
  }

  private int redrive(DeadLetters letters) {
    OptionalInt perSecond = rate.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    return switch (letters.redrive(order.choice().selection(), perSecond)) {
      case RedriveOutcome.Moved(var moved) when moved == 0 -> dlq.none(spec);
      case RedriveOutcome.Moved(var moved) ->
          order.done(spec, moved + " sent again.", "MOVED", moved);
      case RedriveOutcome.Moving(var about) when about == 0 ->
          order.done(spec, "There are none.", "MOVING", about);
      case RedriveOutcome.Moving(var about) ->
          order.done(spec, "SQS is moving about " + about + ".", "MOVING", about);
    };
  }
}
