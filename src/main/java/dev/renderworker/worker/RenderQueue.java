package dev.renderworker.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The queue of render requests.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the queue can't be reached or
 * refuses, after the adapter's own retries.
 */
public interface RenderQueue {

  /**
   * Waits for messages, for as long as the queue is configured to.
   *
   * @param max how many at most, 1 to 10
   * @return none when none came; a message that came twice in one batch is returned once, with its
   *     newest receipt
   */
  List<Delivery> receive(int max);

  /**
   * Keeps the messages invisible for another visibility timeout, counted from now.
   *
   * @return those for which that failed
   */
  List<Delivery> extend(Collection<Delivery> deliveries);

  /** Makes the message visible again after the delay (0 to 12 hours; at once for zero). */
  void hide(Delivery delivery, Duration delay);

  /** Deletes the message; returns when that has happened. */
  void delete(Delivery delivery);

  /** Sends the body, byte for byte, to the dead-letter queue, with the reason as attributes. */
  void deadLetter(Delivery delivery, DeadLetter letter);
}
