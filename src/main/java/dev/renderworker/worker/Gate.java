package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the worker may take new jobs: closed while the environment is broken. */
final class Gate {
  private static final Logger log = LoggerFactory.getLogger(Gate.class);

  /** One object, for the reference compares by identity. */
  private static final Optional<Failure> OPEN = Optional.empty();

  private final AtomicReference<Optional<Failure>> closedBy = new AtomicReference<>(OPEN);

  /** Closes the gate; the first reason stays. */
  void close(Failure why) {
    if (closedBy.compareAndSet(OPEN, Optional.of(why))) {
      log.error(
          "Paused by {}: {} No message is taken until that is mended", why.code(), why.message());
    }
  }

  void open() {
    if (closedBy.getAndSet(OPEN).isPresent()) {
      log.info("Resumed: role, function and tables answer again");
    }
  }

  /** Why the worker is paused; empty when it is not. */
  Optional<Failure> closedBy() {
    return closedBy.get();
  }
}
