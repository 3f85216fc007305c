package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.worker.Sighting.Shares;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollPaceTest {
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

  private final PollPace pace = new PollPace(SHORTEST, LONGEST);
  private final Course course = Course.fromStart();

  @Test
  void firstLookIsAtThreeTimesTheShortestWait() {
    assertEquals(1.5, first(Optional.empty()), 0.01);
  }

  @ParameterizedTest
  @CsvSource({"10,6", "0.4,0.5", "600,20"})
  void firstLookAtARenderOfKnownLengthIsWellBeforeItsEnd(double expected, double wait) {
    Duration length = Duration.ofMillis((long) (expected * 1000));
    assertEquals(wait, first(Optional.of(length)), 0.01);
  }

  @Test
  void untilFramesAreRenderedTheWaitDoubles() {
    assertEquals(3, afterLook(3, 0, 0), 0.01);
    assertEquals(6, afterLook(6, 0, 0), 0.01);
  }

  @Test
  void renderThatCouldNotBeSeenIsLookedForMoreAndMoreRarely() {
    assertEquals(8, seconds(pace.next(course, Duration.ofSeconds(8), MIDDLE)), 0.01);
  }

  @Test
  void whileFramesAreRenderedTheWaitIsFourFifthsOfTheTimeLeft() {
    saw(10, 0, 0);
    // 0.6 in 30 s: 20 s more for the frames, and 6 % of 40 s for the rest.
    assertEquals(0.8 * (20 + 2.4), afterLook(40, 0.6, 0), 0.01);
  }

  @Test
  void higherOfTheLatestAndTheMeanSpeedCounts() {
    saw(10, 0, 0);
    saw(40, 0.3, 0);
    // 0.3 in the last 10 s.
    assertEquals(0.8 * (0.4 / 0.03 + 3), afterLook(50, 0.6, 0), 0.01);
  }

  @Test
  void speedIsExpectedToDoubleAtMost() {
    saw(9, 0, 0);
    assertEquals(5, afterLook(10, 0.01, 0), 0.01);
  }

  @Test
  void afterAFallTheMeanSpeedCounts() {
    saw(10, 0, 0);
    saw(40, 0.8, 0);
    assertEquals(0.8 * (0.3 / (0.7 / 40) + 3), afterLook(50, 0.7, 0), 0.01);
  }

  @Test
  void whileChunksAreCombinedTheirSpeedCountsButTheEndIsTakenToBeNear() {
    saw(10, 0, 0);
    saw(100, 0.9, 0);
    saw(110, 1, 0.1);
    assertEquals(0.8 * 4, afterLook(114, 1, 0.55), 0.5);
    assertEquals(3.6, afterLook(120, 1, 0.56), 0.01);
  }

  @Test
  void looksAreDenseWhenOnlyTheOutputIsMissing() {
    assertEquals(0.5, afterLook(10, 1, 1), 0.01);
    assertEquals(0.8, afterLook(20, 1, 1), 0.01);
    assertEquals(0.9, afterLook(600, 1, 1), 0.01);
  }

  @Test
  void renderThatWasJoinedIsLookedAtTwiceForItsSpeed() {
    Course joined = Course.joined();
    joined.saw(Duration.ZERO, new Shares(0.5, 0));
    assertEquals(0.5, seconds(pace.next(joined, Duration.ZERO, MIDDLE)), 0.01);
    Duration then = Duration.ofSeconds(20);
    joined.saw(then, new Shares(0.9, 0));
    assertEquals(0.8 * (5 + 1.2), seconds(pace.next(joined, then, MIDDLE)), 0.01);
  }

  @Test
  void waitStaysWithinItsBoundsButForTheJitter() {
    saw(10, 0, 0);
    assertEquals(20, afterLook(600, 0.1, 0), 0.01);
    assertEquals(0.5, afterLook(601, 1, 1) - 0.4, 0.01);
  }

  @Test
  void clockThatWasSetBackMeansTheShortestWait() {
    assertEquals(0.5, afterLook(-3600, 0.5, 0), 0.01);
    assertEquals(0.5, afterLook(-3600, 0.6, 0), 0.01);
  }

  @Test
  void jitterSpreadsRendersThatStartedTogetherByTenPercentEitherWay() {
    assertEquals(1.35, seconds(pace.first(Optional.empty(), () -> 0)), 0.01);
    var random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double wait = seconds(pace.first(Optional.empty(), random));
      assertTrue(wait >= 1.35 && wait <= 1.65, () -> wait + " s");
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT2S,PT1S"})
  void boundsThatMakeNoSenseAreRefused(Duration shortest, Duration longest) {
    assertThrows(IllegalArgumentException.class, () -> new PollPace(shortest, longest));
  }

  private double first(Optional<Duration> expected) {
    return seconds(pace.first(expected, MIDDLE));
  }

  private double afterLook(long elapsed, double rendered, double combined) {
    saw(elapsed, rendered, combined);
    return seconds(pace.next(course, Duration.ofSeconds(elapsed), MIDDLE));
  }

  private void saw(long elapsed, double rendered, double combined) {
    course.saw(Duration.ofSeconds(elapsed), new Shares(rendered, combined));
  }

  private static double seconds(Duration wait) {
    return wait.toNanos() / 1e9;
  }
}
