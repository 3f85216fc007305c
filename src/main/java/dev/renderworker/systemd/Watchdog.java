package dev.renderworker.systemd;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds systemd's watchdog, but only when every registered loop has made progress since it was last
 * fed: a loop that hangs gets the process restarted. Looks four times in a watchdog interval, so
 * that a loop may be silent for three quarters of it.
 *
 * <p>Looks from a platform thread: with the CPU saturated, virtual threads' timers come late.
 */
public final class Watchdog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
  private static final int LOOKS = 4;

  private final SystemdNotifier systemd;
  private final List<Pulse> pulses = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Watches nothing yet. */
  public Watchdog(SystemdNotifier systemd) {
    this.systemd = requireNonNull(systemd, "systemd");
  }

  /**
   * Watches one more loop.
   *
   * @param name as {@code systemctl status} and the log call it when it hangs
   */
  public Pulse register(String name) {
    var pulse = new Pulse(name);
    pulses.add(pulse);
    return pulse;
  }

  /** Starts feeding, where systemd watches at all. */
  public void start() {
    systemd
        .watchdogInterval()
        .map(interval -> interval.dividedBy(LOOKS))
        .ifPresent(pause -> Thread.ofPlatform().name("watchdog").daemon().start(() -> run(pause)));
  }

  private void run(Duration pause) {
    try {
      do {
        look();
      } while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Feeds the watchdog, or says which loops it waits for. */
  void look() {
    String silent =
        pulses.stream().filter(Pulse::silent).map(Pulse::name).collect(Collectors.joining(", "));
    if (silent.isEmpty()) {
      pulses.forEach(Pulse::expect);
      systemd.alive();
    } else {
      log.warn("No progress: {}; systemd restarts the worker unless it goes on", silent);
      systemd.status("No progress: " + silent);
    }
  }

  /** Stops feeding: what is left to do must end within the watchdog interval. */
  @Override
  public void close() {
    closed.countDown();
  }
}
