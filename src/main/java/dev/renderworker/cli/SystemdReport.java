package dev.renderworker.cli;

import dev.renderworker.systemd.Pulse;
import dev.renderworker.systemd.SystemdNotifier;
import dev.renderworker.systemd.Watchdog;
import dev.renderworker.worker.StopSignal;
import dev.renderworker.worker.Vitals;
import dev.renderworker.worker.Worker;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells systemd how the worker is: ready once role, function, queue and tables have answered, what
 * it is doing, and whether its loops go on.
 *
 * <p>Looks from a platform thread: with the CPU saturated, virtual threads' timers come late.
 */
final class SystemdReport implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Whoever waits for the start waits for this, too. */
  private static final Duration UNTIL_READY = Duration.ofMillis(50);

  private final SystemdNotifier systemd;
  private final Worker worker;
  private final StopSignal stop;
  private final Watchdog watchdog;
  private final Loop receiving;
  private final Loop visibility;
  private final Loop following;

  /** The rest belongs to the one thread that looks. */
  private boolean ready;

  private String lastStatus = "";

  /** A loop whose count of rounds goes up while it lives. */
  private static final class Loop {
    private final LongSupplier rounds;
    private final Pulse pulse;
    private long seen;

    Loop(LongSupplier rounds, Pulse pulse) {
      this.rounds = rounds;
      this.pulse = pulse;
    }

    void look(boolean hasWork) {
      long now = rounds.getAsLong();
      if (!hasWork) {
        pulse.rest();
      } else if (now != seen) {
        pulse.beat();
      }
      seen = now;
    }
  }

  SystemdReport(SystemdNotifier systemd, Worker worker, StopSignal stop) {
    Vitals vitals = worker.vitals();
    this.systemd = systemd;
    this.worker = worker;
    this.stop = stop;
    this.watchdog = new Watchdog(systemd);
    this.receiving = new Loop(vitals::receives, watchdog.register("receiving"));
    this.visibility = new Loop(vitals::visibilityTicks, watchdog.register("visibility"));
    this.following = new Loop(vitals::looks, watchdog.register("following"));
  }

  /** Starts telling; queue and tables have answered. */
  void start() {
    watchdog.start();
    Thread.ofPlatform().name("systemd").daemon().start(this::run);
  }

  private void run() {
    do {
      boolean paused = worker.pausedBy().isPresent();
      readyUnless(paused);
      receiving.look(!paused);
      visibility.look(true);
      following.look(worker.vitals().following() > 0);
      status();
    } while (!stop.await(ready ? INTERVAL : UNTIL_READY));
    systemd.stopping();
  }

  /** The first receive comes after the first check of role and function. */
  private void readyUnless(boolean paused) {
    if (!ready && !paused && worker.vitals().receives() > 0) {
      ready = true;
      systemd.ready();
    }
  }

  private void status() {
    String work = "%d in flight, %d free".formatted(worker.inFlight(), worker.free());
    String status =
        worker
            .pausedBy()
            .map(why -> "Paused by %s: %s; %s".formatted(why.code(), why.message(), work))
            .orElse("Receiving; " + work);
    if (!status.equals(lastStatus)) {
      systemd.status(status);
      lastStatus = status;
    }
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
