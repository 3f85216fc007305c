package dev.renderworker.local.soak;

import com.google.errorprone.annotations.FormatMethod;
import dev.renderworker.local.LocalAws;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Jobs, workers, and what befalls them. Each trial returns what was wrong at its end. */
record Trial(LocalAws aws, Fleet fleet, Producer producer) {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final Duration TICK = Duration.ofMillis(250);
  private static final int ACTS_EVERY = 6;
  private static final int REPEATS_EVERY = 8;
  private static final int CANCELS_EVERY = 30;
  private static final int REPORTS_EVERY = 40;
  private static final int RESTARTS_EVERY = 16;
  private static final int LONG_ONES_EVERY = 4;

  /** A duplicate can be hidden for a quarter of an hour. */
  private static final Duration CALM_LIMIT = Duration.ofMinutes(17);

  /**
   * On a busy machine the jobs wait for the workers, so that the end does not wait for the jobs.
   */
  private static final int MOST_BEHIND = 150;

  private static final int BACKLOG_EVERY = 10;

  /** Everything that can happen, for so long. */
  List<String> misfortune(Duration length, RandomGenerator random) {
    var mischief = new Mischief(aws, fleet, random);
    boolean behind = false;
    long end = System.nanoTime() + length.toNanos();
    for (int tick = 1; System.nanoTime() - end < 0; tick++) {
      if (tick % BACKLOG_EVERY == 0) {
        behind = Verdict.messages(aws, aws.queueUrl()) > MOST_BEHIND;
      }
      if (!behind) {
        producer.send();
      }
      if (tick % REPEATS_EVERY == 0) {
        producer.repeat();
      }
      if (tick % CANCELS_EVERY == 0) {
        producer.cancel();
      }
      if (tick % ACTS_EVERY == 0) {
        mischief.act();
      }
      report(tick, mischief.done());
      NEVER.await(TICK);
    }
    mischief.end();
    return judge(mischief.done(), new Verdict(aws));
  }

  /** One worker after the other is restarted, while renders run and jobs come in. */
  List<String> restarts(int count) {
    Duration longest = Duration.ZERO;
    for (int done = 0; done < count; done++) {
      for (int tick = 0; tick < RESTARTS_EVERY; tick++) {
        producer.send(tick % LONG_ONES_EVERY == 0 ? Kind.LONG : Kind.RENDER);
        NEVER.await(TICK);
      }
      Duration took = fleet.restart(done % fleet.size());
      longest = took.compareTo(longest) > 0 ? took : longest;
    }
    var verdict = new Verdict(aws);
    List<String> wrong =
        judge("%d restarts, the longest stop %d ms".formatted(count, longest.toMillis()), verdict);
    int jobs = producer.sent().size();
    if (verdict.starts() != jobs || verdict.attempts() != jobs) {
      wrong.add("the restarts have cost starts or attempts");
    }
    return wrong;
  }

  private List<String> judge(Object acts, Verdict verdict) {
    List<String> wrong = new ArrayList<>();
    if (!calm(acts)) {
      wrong.add("not all jobs ended in time");
    }
    wrong.addAll(fleet.stop());
    wrong.addAll(verdict.of(producer.sent()));
    say("%d jobs: %s; %s", producer.sent().size(), verdict.summary(), acts);
    return wrong;
  }

  /** Waits until the queue is empty, for as long as it gets emptier. */
  private boolean calm(Object acts) {
    say("Calm: no more jobs, no more misfortune");
    int fewest = Integer.MAX_VALUE;
    long since = System.nanoTime();
    int left = Verdict.messages(aws, aws.queueUrl());
    for (int tick = 1; left > 0; tick++) {
      if (left < fewest) {
        fewest = left;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > CALM_LIMIT.toNanos()) {
        return false;
      }
      report(tick, acts);
      NEVER.await(TICK);
      left = Verdict.messages(aws, aws.queueUrl());
    }
    return true;
  }

  private void report(int tick, Object acts) {
    if (tick % REPORTS_EVERY == 0) {
      say(
          "%d jobs sent, %d messages in the queue, %d renders, %s",
          producer.sent().size(),
          Verdict.messages(aws, aws.queueUrl()),
          aws.renders().launched(),
          acts);
    }
  }

  @FormatMethod
  static void say(String format, Object... values) {
    System.out.println(
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + format.formatted(values));
  }
}
