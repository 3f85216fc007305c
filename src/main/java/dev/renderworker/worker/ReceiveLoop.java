package dev.renderworker.worker;

import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives messages while there is capacity, and gives each (or each FIFO group) a thread. */
final class ReceiveLoop {
  private static final Logger log = LoggerFactory.getLogger(ReceiveLoop.class);
  private static final RetryBackoff BACKOFF =
      new RetryBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Shift shift;
  private final Capacity capacity;
  private final InFlight inFlight;
  private final VisibilityKeeper keeper;
  private final Pause pause;

  ReceiveLoop(
      Shift shift, Capacity capacity, InFlight inFlight, VisibilityKeeper keeper, Pause pause) {
    this.shift = shift;
    this.capacity = capacity;
    this.inFlight = inFlight;
    this.keeper = keeper;
    this.pause = pause;
  }

  /**
   * Receives until the worker stops. A parked long poll is left to return by itself: an aborted one
   * can still take messages, which then hang invisible with no holder.
   *
   * <p>No exception ends it: thousands of renders are followed by this process, and one receive is
   * no reason to hand them all over.
   *
   * @param round runs with each round, as a sign of life
   */
  void run(MessageHandler handler, Executor threads, Runnable round) {
    int failures = 0;
    while (!shift.stop().stopped()) {
      try {
        round.run();
        if (pause.awaitOpen()) {
          receive(handler, threads);
        }
        failures = 0;
      } catch (RuntimeException e) {
        failures++;
        Duration wait = BACKOFF.after(failures, shift.random());
        log.warn("Could not receive; trying again in {} ms", wait.toMillis(), e);
        shift.stop().await(wait);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void receive(MessageHandler handler, Executor threads) throws InterruptedException {
    int permits = capacity.take();
    int used = 0;
    try {
      if (permits > 0 && !shift.stop().stopped()) {
        long visibleUntil = keeper.visibleUntilNanos();
        List<Held> admitted = admit(shift.ports().queue().receive(permits), visibleUntil);
        used = admitted.size();
        groups(admitted).forEach(group -> threads.execute(() -> handler.handleInOrder(group)));
      }
    } finally {
      capacity.giveBack(permits - used);
    }
  }

  private List<Held> admit(List<Delivery> deliveries, long visibleUntilNanos) {
    List<Held> admitted = new ArrayList<>(deliveries.size());
    for (Delivery delivery : deliveries) {
      inFlight.admit(delivery, visibleUntilNanos).ifPresent(admitted::add);
    }
    return admitted;
  }

  /** The messages of a FIFO group together, in order; every other message by itself. */
  private static Iterable<List<Held>> groups(List<Held> admitted) {
    Map<String, List<Held>> groups = new LinkedHashMap<>();
    for (Held held : admitted) {
      Delivery delivery = held.delivery();
      String key = delivery.trail().messageGroupId().orElse(delivery.messageId());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(held);
    }
    return groups.values();
  }
}
