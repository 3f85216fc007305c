package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryBackoffTest {
  private static final RandomGenerator LOWEST = () -> 0;

  private final RetryBackoff backoff =
      new RetryBackoff(Duration.ofSeconds(10), Duration.ofMinutes(15));

  @ParameterizedTest
  @CsvSource({"1,10", "2,20", "3,40", "7,640", "8,900", "100,900", "2147483647,900"})
  void ceilingDoublesWithEachTryUpToTheMaximum(int tries, long seconds) {
    var ceiling = new Ceiling();
    backoff.after(tries, ceiling);
    assertEquals(Duration.ofSeconds(seconds), Duration.ofMillis(ceiling.bound - 1));
  }

  @Test
  void jitterIsFullSoThatJobsWhichFailedTogetherDoNotComeBackTogether() {
    assertEquals(Duration.ZERO, backoff.after(5, LOWEST));
    long spread =
        IntStream.range(0, 100)
            .mapToObj(seed -> backoff.after(5, new Random(seed)))
            .distinct()
            .count();
    assertTrue(spread > 90, () -> spread + " delays of 100 differ");
  }

  @Test
  void delayStaysWithinItsCeiling() {
    var random = new Random(1);
    assertTrue(
        IntStream.range(0, 1000)
            .mapToObj(_ -> backoff.after(1, random))
            .allMatch(delay -> delay.compareTo(Duration.ofSeconds(10)) <= 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void triesCountFromOne(int tries) {
    assertThrows(IllegalArgumentException.class, () -> backoff.after(tries, LOWEST));
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT1S", "PT-1S,PT1S", "PT2S,PT1S"})
  void boundsThatMakeNoSenseAreRefused(Duration base, Duration max) {
    assertThrows(IllegalArgumentException.class, () -> new RetryBackoff(base, max));
  }

  /** Notes the bound that it is asked for. */
  private static final class Ceiling implements RandomGenerator {
    private long bound;

    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long newBound) {
      bound = newBound;
      return 0;
    }
  }
}
