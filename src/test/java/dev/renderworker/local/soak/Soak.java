package dev.renderworker.local.soak;

import com.google.errorprone.annotations.FormatMethod;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.QuietLogs;
import dev.renderworker.local.remotion.RenderDefaults;
import dev.renderworker.worker.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets three workers live through random misfortune, and checks every job at the end. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs three workers against the embedded AWS under random crashes (SIGKILL), freezes"
            + " (SIGSTOP), restarts, faults of every service, lost answers and repeated messages;"
            + " then checks every job, every start, every dead letter. Exit code 1 when something"
            + " is wrong. The workers log to target/soak.")
public final class Soak implements Callable<Integer> {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final int WORKERS = 3;
  private static final int MAX_RECEIVES = 200;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int ACTS_EVERY = 6;
  private static final int REPEATS_EVERY = 8;
  private static final int REPORTS_EVERY = 40;
  private static final Duration CALM_LIMIT = Duration.ofMinutes(6);

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "2",
      description = "How long misfortune lasts; default: ${DEFAULT-VALUE}.")
  private double minutes;

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
    say("Seed %d, %.1f minutes", chosen, minutes);
    var options =
        LocalAwsOptions.STANDARD
            .renders(RenderDefaults.STANDARD.renderTime(Duration.ofSeconds(3)))
            .maxReceiveCount(MAX_RECEIVES);
    try (var aws = LocalAws.start(options);
        var fleet = new Fleet(aws, WORKERS)) {
      return soak(aws, fleet, new Random(chosen)) ? 0 : 1;
    }
  }

  private boolean soak(LocalAws aws, Fleet fleet, Random random) {
    var producer = new Producer(aws, random);
    var mischief = new Mischief(aws, fleet, random);
    long end = System.nanoTime() + (long) (minutes * 60e9);
    for (int tick = 1; System.nanoTime() - end < 0; tick++) {
      producer.send();
      if (tick % REPEATS_EVERY == 0) {
        producer.repeat();
      }
      if (tick % ACTS_EVERY == 0) {
        mischief.act();
      }
      if (tick % REPORTS_EVERY == 0) {
        report(aws, producer, mischief);
      }
      NEVER.await(TICK);
    }
    mischief.end();
    List<String> violations = new ArrayList<>();
    if (!calm(aws, producer, mischief)) {
      violations.add("not all jobs ended in time");
    }
    violations.addAll(fleet.stop());
    var verdict = new Verdict(aws);
    violations.addAll(verdict.of(producer.sent()));
    say("%d jobs: %s", producer.sent().size(), verdict.summary());
    violations.forEach(violation -> say("WRONG: %s", violation));
    say("%d violations", violations.size());
    return violations.isEmpty();
  }

  /** Waits until the queue is empty. */
  private static boolean calm(LocalAws aws, Producer producer, Mischief mischief) {
    say("Calm: no more jobs, no more misfortune");
    long end = System.nanoTime() + CALM_LIMIT.toNanos();
    for (int tick = 1; Verdict.messages(aws, aws.queueUrl()) > 0; tick++) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      if (tick % REPORTS_EVERY == 0) {
        report(aws, producer, mischief);
      }
      NEVER.await(TICK);
    }
    return true;
  }

  private static void report(LocalAws aws, Producer producer, Mischief mischief) {
    say(
        "%d jobs sent, %d messages in the queue, %d renders, %s",
        producer.sent().size(),
        Verdict.messages(aws, aws.queueUrl()),
        aws.renders().launched(),
        mischief.done());
  }

  @FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + format.formatted(values));
  }
}
