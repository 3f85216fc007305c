package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VisibilityLimitTest {
  private static final Instant RECEIVED = Messages.RECEIVED;

  @Test
  void delayIsRoundedUpToWholeSeconds() {
    assertEquals(0, seconds(Duration.ZERO, RECEIVED));
    assertEquals(1, seconds(Duration.ofMillis(1), RECEIVED));
    assertEquals(30, seconds(Duration.ofSeconds(30), RECEIVED));
    assertEquals(31, seconds(Duration.ofMillis(30_001), RECEIVED));
  }

  @Test
  void delayEndsTwelveHoursAfterTheReceive() {
    int limit = 12 * 60 * 60;

    assertEquals(limit - 10, seconds(Duration.ofHours(12), RECEIVED));
    assertEquals(
        limit - 10 - 3600, seconds(Duration.ofHours(12), RECEIVED.plus(Duration.ofHours(1))));
    assertEquals(600, seconds(Duration.ofMinutes(10), RECEIVED.plus(Duration.ofHours(11))));
  }

  @Test
  void nothingIsLeftAfterTwelveHours() {
    assertEquals(0, seconds(Duration.ofMinutes(1), RECEIVED.plus(Duration.ofHours(13))));
  }

  private static int seconds(Duration delay, Instant now) {
    return VisibilityLimit.seconds(Messages.delivery("{}"), delay, now);
  }
}
