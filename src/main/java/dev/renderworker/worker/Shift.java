package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who works, with what, by which clock, and until when. */
record Shift(
    WorkerId me, Ports ports, InstantSource clock, StopSignal stop, RandomGenerator random) {
  private static final Logger log = LoggerFactory.getLogger(Shift.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  Shift {
    requireNonNull(me, "me");
    requireNonNull(ports, "ports");
    requireNonNull(clock, "clock");
    requireNonNull(stop, "stop");
    requireNonNull(random, "random");
  }

  Instant now() {
    return clock.instant();
  }

  JobLedger ledger() {
    return ports.ledger();
  }

  void tell(WorkerEvent event) {
    ports.audience().observer().saw(event);
  }

  /**
   * Repeats a write until the service takes it or the worker stops: by now the truth is only known
   * here, so giving up early would lose it.
   *
   * @return what the write gave
   * @throws ServiceUnavailableException when the worker stops before the service took it
   */
  <T> T insistOn(Supplier<T> write) {
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        return write.get();
      } catch (ServiceUnavailableException e) {
        log.warn("{}; trying again in {} ms", e.getMessage(), wait.toMillis());
        if (stop.await(wait)) {
          throw e;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
    }
  }

  /** The same for a write that gives nothing. */
  void insist(Runnable write) {
    insistOn(
        () -> {
          write.run();
          return null;
        });
  }
}
