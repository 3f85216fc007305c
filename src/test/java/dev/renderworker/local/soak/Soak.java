package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.QuietLogs;
import dev.renderworker.local.remotion.RenderDefaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets workers live through random misfortune, and checks every job at the end. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs three workers against the embedded AWS under random crashes (SIGKILL), freezes"
            + " (SIGSTOP), restarts, faults of every service, lost answers, duplicates and"
            + " cancellations; then checks every job, every start, every output, every dead letter."
            + " Exit code 1 when something is wrong. The workers log to target/soak.")
public final class Soak implements Callable<Integer> {
  private static final int WORKERS = 3;
  private static final LocalAwsOptions AWS =
      LocalAwsOptions.STANDARD
          .renders(RenderDefaults.STANDARD.renderTime(Duration.ofSeconds(3)))
          .maxReceiveCount(200);

  @ArgGroup private Kind kind = new Kind();

  /** What shall happen. */
  private static final class Kind {
    @Option(
        names = "--minutes",
        paramLabel = "M",
        defaultValue = "2",
        description = "How long misfortune lasts; default: ${DEFAULT-VALUE}.")
    private double minutes = 2;

    @Option(
        names = "--restarts",
        paramLabel = "N",
        description =
            "Instead, restart one worker after the other (SIGTERM) under load, N times; not one"
                + " more attempt or start may come of it.")
    private int restarts;

    @Option(
        names = "--fuzz",
        paramLabel = "N",
        arity = "0..1",
        fallbackValue = "100000",
        description =
            "Instead, send N message bodies of every kind of wrong to one worker, and watch its"
                + " memory; without a number ${FALLBACK-VALUE}.")
    private int fuzz;
  }

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeats the choices of an earlier run; its timing is never quite the same.")
  private Long seed;

  /** Runs a soak. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Soak()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long chosen = seed == null ? System.nanoTime() & 0xffff : seed;
    QuietLogs.set();
    Files.createDirectories(Path.of("target", "soak"));
    Trial.say("Seed %d", chosen);
    List<String> wrong = run(new Random(chosen));
    wrong.forEach(what -> Trial.say("WRONG: %s", what));
    Trial.say("%d violations", wrong.size());
    return wrong.isEmpty() ? 0 : 1;
  }

  private List<String> run(Random random) throws Exception {
    if (kind.fuzz > 0) {
      return fuzz(random);
    }
    try (var aws = LocalAws.start(AWS);
        var fleet = new Fleet(aws, WORKERS)) {
      fleet.awaitWork();
      var trial = new Trial(aws, fleet, new Producer(aws, new Random(random.nextLong())));
      return kind.restarts > 0
          ? trial.restarts(kind.restarts)
          : trial.misfortune(Duration.ofSeconds((long) (kind.minutes * 60)), random);
    }
  }

  private List<String> fuzz(Random random) throws Exception {
    var quick = AWS.renders(RenderDefaults.STANDARD.renderTime(Duration.ofMillis(100)));
    try (var aws = LocalAws.start(quick);
        var fleet = new Fleet(aws, 1)) {
      fleet.awaitWork();
      List<String> wrong = new Fuzz(aws, random).run(kind.fuzz, fleet.pid(0));
      wrong.addAll(fleet.stop());
      return wrong;
    }
  }
}
