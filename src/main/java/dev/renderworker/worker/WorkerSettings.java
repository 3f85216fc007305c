package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param maxConcurrentRenders how many messages it holds at most, from 1
 * @param visibilityTimeout as the queue's receives ask for
 * @param heartbeat between two signs of life
 * @param stopGrace how long a stop waits for starts that are under way
 */
public record WorkerSettings(
    int maxConcurrentRenders, Duration visibilityTimeout, Duration heartbeat, Duration stopGrace) {
  /** Rejects null and what is not positive. */
  public WorkerSettings {
    requireNonNull(visibilityTimeout, "visibilityTimeout");
    requireNonNull(heartbeat, "heartbeat");
    requireNonNull(stopGrace, "stopGrace");
    if (maxConcurrentRenders < 1) {
      throw new IllegalArgumentException("maxConcurrentRenders: from 1");
    }
  }
}
