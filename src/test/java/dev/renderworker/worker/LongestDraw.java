package dev.renderworker.worker;

import java.util.random.RandomGenerator;

/** Draws the longest delay that a backoff allows. */
final class LongestDraw implements RandomGenerator {
  @Override
  public long nextLong() {
    return 0;
  }

  @Override
  public long nextLong(long bound) {
    return bound - 1;
  }
}
