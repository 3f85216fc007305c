package dev.renderworker.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next look at a render: four fifths of the time that it seems to need
 * still, by the speed at which it was seen to go, so that looks are rare in the middle and dense
 * near the end. What is uncertain shortens the wait: a guess that is too short costs one look, one
 * that is too long is a finished video that nobody knows of. Each wait is spread by a tenth either
 * way, lest renders that began together are looked at together.
 *
 * @param shortest wait between two looks, before the spread
 * @param longest wait between two looks, before the spread
 */
public record PollPace(Duration shortest, Duration longest) {
  private static final double PART_OF_REMAINING = 0.8;
  private static final double PART_OF_EXPECTED = 0.6;
  private static final double JITTER = 0.1;

  /** No render is quicker: a browser starts, opens a site and renders at least one frame. */
  private static final int FIRST_IN_SHORTEST = 3;

  /** Combining and writing the output: this much of the time before it, but few seconds at most. */
  private static final double ENDING = 0.06;

  private static final double LONGEST_SURE_ENDING = 3;

  /** While frames are rendered, the speed may double. */
  private static final double MOST_OF_RENDERING = 0.5;

  /** While chunks are combined, the end is near. */
  private static final double MOST_OF_COMBINING = 0.03;

  /** Near the end, looks need not be denser than this part of the time so far... */
  private static final double DENSE = 0.04;

  /** ...but no rarer than this, in seconds: so long is tolerable for everyone. */
  private static final double TOLERABLE = 0.9;

  /** Rejects a shortest wait that is not positive and a longest one below it. */
  public PollPace {
    if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException("0 < shortest <= longest");
    }
  }

  /**
   * The wait after a start.
   *
   * @param expected how long the render is expected to take at least
   */
  Duration first(Optional<Duration> expected, RandomGenerator random) {
    double wait =
        expected
            .map(length -> seconds(length) * PART_OF_EXPECTED)
            .orElse(seconds(shortest) * FIRST_IN_SHORTEST);
    return spread(wait, random);
  }

  /**
   * The wait after a look.
   *
   * @param elapsed since the render was started
   */
  Duration next(Course course, Duration elapsed, RandomGenerator random) {
    double now = seconds(elapsed);
    double dense =
        Math.clamp(now * DENSE, seconds(shortest), Math.max(seconds(shortest), TOLERABLE));
    return spread(Math.max(dense, wait(course, now)), random);
  }

  private static double wait(Course course, double now) {
    if (course.combining()) {
      return Math.min(PART_OF_REMAINING * (course.combinedAt() - now), MOST_OF_COMBINING * now);
    }
    if (course.rendering()) {
      double remaining = course.renderedAt() - now + Math.min(ENDING * now, LONGEST_SURE_ENDING);
      return Math.min(PART_OF_REMAINING * remaining, MOST_OF_RENDERING * now);
    }
    return now;
  }

  private Duration spread(double wait, RandomGenerator random) {
    double bounded = Math.clamp(wait, seconds(shortest), seconds(longest));
    double spread = bounded * random.nextDouble(1 - JITTER, 1 + JITTER);
    return Duration.ofNanos((long) (spread * 1e9));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
