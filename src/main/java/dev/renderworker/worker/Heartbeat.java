package dev.renderworker.worker;

import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at a steady pace that this worker is alive: one write for all its jobs.
 *
 * <p>Runs on a platform thread: with the CPU saturated, virtual threads' timers come late.
 */
final class Heartbeat implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final WorkerRegistry registry;
  private final WorkerId worker;
  private final Duration interval;
  private final InstantSource clock;
  private final StopSignal released;

  Heartbeat(
      WorkerRegistry registry,
      WorkerId worker,
      Duration interval,
      InstantSource clock,
      StopSignal released) {
    this.registry = registry;
    this.worker = worker;
    this.interval = interval;
    this.clock = clock;
    this.released = released;
  }

  @Override
  public void run() {
    while (!released.await(interval)) {
      beat();
    }
  }

  private void beat() {
    try {
      registry.beat(worker, clock.instant());
    } catch (RuntimeException e) {
      log.warn("Heartbeat failed; trying again in {} s", interval.toSeconds(), e);
    }
  }
}
