package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs held messages through the script and lets them go: the one place that acknowledges. */
final class MessageHandler {
  private static final Logger log = LoggerFactory.getLogger(MessageHandler.class);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  private final Shift shift;
  private final JobScript script;
  private final Gate gate;
  private final InFlight inFlight;
  private final Capacity capacity;

  MessageHandler(Shift shift, JobScript script, Gate gate, InFlight inFlight, Capacity capacity) {
    this.shift = shift;
    this.script = script;
    this.gate = gate;
    this.inFlight = inFlight;
    this.capacity = capacity;
  }

  /**
   * Handles messages one after the other; when one has not ended, the rest go back to the queue, so
   * that a FIFO group stays in order.
   */
  void handleInOrder(List<Held> group) {
    Iterator<Held> messages = group.iterator();
    boolean ended = true;
    while (messages.hasNext()) {
      Held message = messages.next();
      ended = (ended && !shift.stop().stopped()) ? handle(message) : giveBack(message);
    }
  }

  /** Whether the message has ended here. */
  private boolean handle(Held message) {
    MDC.put("messageId", message.delivery().messageId());
    try {
      return dispose(message, script.run(message.delivery()));
    } catch (FencedException e) {
      log.warn("Letting go: {}", e.getMessage());
      return false;
    } catch (ServiceUnavailableException e) {
      return dropped(e);
    } catch (Throwable e) {
      // A fault of ours in one job must not end the others; the message is tried again.
      log.error("Unexpected; the message comes back in {} s", AFTER_FAULT.toSeconds(), e);
      return hide(message, AFTER_FAULT);
    } finally {
      leave(message);
      MDC.clear();
    }
  }

  /** At a stop nothing is tried for long, so what fails then says little about the service. */
  private boolean dropped(ServiceUnavailableException e) {
    log.warn("Dropped; comes back when its visibility timeout ends: {}", e.getMessage());
    if (!shift.stop().stopped()) {
      gate.close(new Failure.OfEnvironment(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage()));
    }
    return false;
  }

  /** Returns a message that nothing was done for. */
  private boolean giveBack(Held message) {
    try {
      return hide(message, Duration.ZERO);
    } finally {
      leave(message);
    }
  }

  private void leave(Held message) {
    message.letGo();
    inFlight.leave(message);
    capacity.giveBack(1);
  }

  private boolean dispose(Held message, Disposal disposal) {
    return switch (disposal) {
      case Disposal.Delete(var job) -> end(message, job);
      case Disposal.Hide(var delay) -> hide(message, delay);
      case Disposal.DeadLetterAndDelete(var letter) when isBack(message) -> {
        log.warn("{} is in the queue again: its next receive dead-letters it", letter.jobId());
        yield false;
      }
      case Disposal.DeadLetterAndDelete(var letter) -> {
        shift.insist(() -> shift.ports().queue().deadLetter(message.delivery(), letter));
        shift.insist(
            () ->
                shift
                    .ledger()
                    .deadLettered(letter.jobId(), message.delivery().messageId(), shift.now()));
        yield end(message, letter.jobId());
      }
    };
  }

  private boolean end(Held message, JobId job) {
    return script
        .announce(job, message.delivery())
        .map(delay -> hide(message, delay))
        .orElseGet(() -> delete(message));
  }

  /** As after this worker was frozen: then the message is another's to hide or to dead-letter. */
  private static boolean isBack(Held message) {
    return message.isVisibleBy(System.nanoTime());
  }

  private boolean delete(Held message) {
    shift.insist(() -> shift.ports().queue().delete(message.delivery()));
    return true;
  }

  /** Never throws: whatever goes wrong here, the rest of the group has to be let go too. */
  private boolean hide(Held message, Duration delay) {
    if (isBack(message)) {
      log.info("Not hidden: it is in the queue again, and may be another worker's by now");
      return false;
    }
    try {
      shift.ports().queue().hide(message.letGo(), delay);
    } catch (RuntimeException e) {
      log.warn("Not hidden; comes back when its visibility timeout ends", e);
    }
    return false;
  }
}
