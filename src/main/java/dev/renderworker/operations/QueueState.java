package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How full a queue is. SQS counts approximately, and may lag by a minute.
 *
 * @param waiting messages that could be received
 * @param inFlight messages that a worker holds, or that are hidden for a while
 * @param delayed messages that were sent with a delay
 * @param retention how long the queue keeps a message that nobody deletes
 */
public record QueueState(long waiting, long inFlight, long delayed, Duration retention) {
  /** Rejects null. */
  public QueueState {
    requireNonNull(retention, "retention");
  }

  /** All messages. */
  public long messages() {
    return waiting + inFlight + delayed;
  }
}
