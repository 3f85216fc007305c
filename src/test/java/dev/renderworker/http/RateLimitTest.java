package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
  private final RateLimit limit = new RateLimit(10, 3, nanos::get);

  private void takeAll() {
    for (int i = 0; i < 3; i++) {
      assertTrue(limit.tryTake());
    }
    assertFalse(limit.tryTake());
  }

  @Test
  void beginsFullAndRunsOut() {
    takeAll();
  }

  @Test
  void permitsComeBackOneByOne() {
    takeAll();

    nanos.addAndGet(100_000_000);

    assertTrue(limit.tryTake());
    assertFalse(limit.tryTake());
  }

  @Test
  void holdsNoMoreThanItsCapacity() {
    nanos.addAndGet(3_600_000_000_000L);

    takeAll();
  }
}
