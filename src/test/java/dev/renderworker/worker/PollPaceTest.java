package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollPaceTest {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final RandomGenerator MIDDLE = () -> Long.MIN_VALUE;

  private final PollPace pace = new PollPace(SHORTEST, LONGEST);

  @ParameterizedTest
  @CsvSource({"0.5,20,10", "0.8,40,5", "0.9,60,3.33", "0.25,4,6"})
  void waitIsHalfOfTheTimeThatTheRenderSeemsToNeed(double progress, long elapsed, double expected) {
    assertEquals(expected, seconds(progress, elapsed), 0.01);
  }

  @Test
  void looksGetDenserNearTheEnd() {
    assertTrue(seconds(0.95, 60) < seconds(0.9, 55));
    assertEquals(1, seconds(1, 60), 0.01);
  }

  @Test
  void renderThatHasShownNothingIsTakenToBeHalfDone() {
    assertEquals(5, seconds(0, 10), 0.01);
    assertEquals(5, seconds(0.05, 10), 0.01);
  }

  @Test
  void waitStaysWithinItsBoundsButForTheJitter() {
    assertEquals(20, seconds(0.1, 3600), 0.01);
    assertEquals(1, seconds(0.99, 1), 0.01);
  }

  @Test
  void clockThatWasSetBackMeansTheShortestWait() {
    assertEquals(1, seconds(0.5, -3600), 0.01);
  }

  @Test
  void jitterSpreadsRendersThatStartedTogetherByTenPercentEitherWay() {
    assertEquals(0.9, pace.next(1, LONGEST, () -> 0).toMillis() / 1000.0, 0.01);
    var random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double seconds = pace.next(1, LONGEST, random).toMillis() / 1000.0;
      assertTrue(seconds >= 0.9 && seconds <= 1.1, () -> seconds + " s");
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT2S,PT1S"})
  void boundsThatMakeNoSenseAreRefused(Duration shortest, Duration longest) {
    assertThrows(IllegalArgumentException.class, () -> new PollPace(shortest, longest));
  }

  private double seconds(double progress, long elapsedSeconds) {
    return pace.next(progress, Duration.ofSeconds(elapsedSeconds), MIDDLE).toMillis() / 1000.0;
  }
}
