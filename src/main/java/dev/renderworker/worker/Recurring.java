package dev.renderworker.worker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step, again and again at a steady pace, until the signal.
 *
 * <p>Runs on a platform thread: with the CPU saturated, virtual threads' timers come late.
 */
final class Recurring implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Recurring.class);

  private final String name;
  private final Duration interval;
  private final StopSignal until;
  private final Runnable step;

  Recurring(String name, Duration interval, StopSignal until, Runnable step) {
    this.name = name;
    this.interval = interval;
    this.until = until;
    this.step = step;
  }

  Thread start() {
    return Thread.ofPlatform().name(name).daemon().start(this);
  }

  @Override
  public void run() {
    while (!until.await(interval)) {
      try {
        step.run();
      } catch (Throwable e) {
        // Without heartbeat and visibility all that is in flight is lost, and nobody would notice
        // a thread that has died: it goes on, whatever was thrown.
        log.warn("{} failed; trying again in {} s", name, interval.toSeconds(), e);
      }
    }
  }
}
