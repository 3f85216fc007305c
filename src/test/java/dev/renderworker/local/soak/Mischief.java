package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One random misfortune after the other. */
final class Mischief {
  /** Longer than the visibility timeout, so that the messages of a frozen worker go elsewhere. */
  private static final int LONGEST_FREEZE_SECONDS = 45;

  private static final int MOST_CALLS = 6;

  private final LocalAws aws;
  private final Fleet fleet;
  private final RandomGenerator random;
  private final List<CallPattern> calls;
  private final List<Later> later = new ArrayList<>();
  private final Map<Act, Integer> done = new EnumMap<>(Act.class);

  /** What can happen. */
  enum Act {
    KILL,
    FREEZE,
    STOP,
    FAULT
  }

  private record Later(long atNanos, Runnable action) {}

  Mischief(LocalAws aws, Fleet fleet, RandomGenerator random) {
    this.aws = aws;
    this.fleet = fleet;
    this.random = random;
    this.calls =
        List.of(
            CallPattern.of("dynamodb", "UpdateItem"),
            CallPattern.of("dynamodb", "PutItem"),
            CallPattern.of("dynamodb", "GetItem"),
            CallPattern.of("sqs", "ReceiveMessage"),
            CallPattern.of("sqs", "DeleteMessageBatch"),
            CallPattern.of("sqs", "ChangeMessageVisibilityBatch"),
            CallPattern.of("sqs", "SendMessage").containing(aws.deadLetterQueueUrl()),
            CallPattern.of("lambda", "Invoke"),
            CallPattern.of("lambda", "Invoke"),
            CallPattern.of("s3", "GetObject"),
            CallPattern.of("s3", "ListObjectsV2"),
            CallPattern.of("s3", "HeadObject"),
            CallPattern.of("s3", "PutObject"),
            CallPattern.of("sts", "AssumeRole"));
  }

  /** Does one thing, or undoes what is over. */
  void act() {
    undo(System.nanoTime());
    Act act = random.nextBoolean() ? Act.FAULT : oneOf(Act.values());
    int which = random.nextInt(fleet.size());
    // On a busy machine a worker is slow to start; killed over and over before that, none works.
    if (act != Act.FAULT && !fleet.works(which)) {
      return;
    }
    done.merge(act, 1, Integer::sum);
    switch (act) {
      case KILL -> fleet.killAndReplace(which);
      case STOP -> fleet.stopAndReplace(which);
      case FREEZE -> {
        fleet.freeze(which);
        after(1 + random.nextInt(LONGEST_FREEZE_SECONDS), () -> fleet.thaw(which));
      }
      case FAULT -> {
        var injected = aws.faults().inject(fault());
        after(1 + random.nextInt(5), () -> aws.faults().remove(injected));
      }
    }
  }

  private Fault fault() {
    CallPattern some =
        calls.get(random.nextInt(calls.size())).times(1 + random.nextInt(MOST_CALLS));
    return switch (random.nextInt(6)) {
      case 0 -> Fault.before(some, new Fault.Drop());
      case 1 -> Fault.before(some, new Fault.Delay(Duration.ofMillis(random.nextInt(7000))));
      case 2 -> Fault.before(some, new Fault.Refuse(oneOf(Refusal.values())));
      // The same messages once more, often to another worker.
      case 3 -> Fault.before(receives(), new Fault.Repeat());
      // Lambda and S3 have done what was asked, and nobody hears of it.
      default -> Fault.after(some, new Fault.Drop());
    };
  }

  private static CallPattern receives() {
    return CallPattern.of("sqs", "ReceiveMessage").times(3);
  }

  private <T> T oneOf(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void after(int seconds, Runnable action) {
    later.add(new Later(System.nanoTime() + Duration.ofSeconds(seconds).toNanos(), action));
  }

  private void undo(long nowNanos) {
    for (Iterator<Later> due = later.iterator(); due.hasNext(); ) {
      Later next = due.next();
      if (next.atNanos() - nowNanos < 0) {
        next.action().run();
        due.remove();
      }
    }
  }

  /** Undoes everything. */
  void end() {
    undo(Long.MAX_VALUE);
    aws.faults().clear();
  }

  /** What was done, and how often. */
  Map<Act, Integer> done() {
    return done;
  }
}
