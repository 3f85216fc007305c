package dev.renderworker.jobtable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimestampsTest {

  @Test
  void timesAlwaysHaveMillisecondsSoThatTheySort() {
    assertEquals("2026-11-20T10:00:00.000Z", text("2026-11-20T10:00:00Z"));
    assertEquals("2026-11-20T10:00:00.100Z", text("2026-11-20T10:00:00.1Z"));
    assertEquals("2026-11-20T10:00:00.123Z", text("2026-11-20T10:00:00.123999Z"));
  }

  @Test
  void timesReadBack() {
    Instant at = Instant.parse("2026-11-20T10:00:00.120Z");

    assertEquals(at, Timestamps.instant(Timestamps.text(at)));
  }

  private static String text(String instant) {
    return Timestamps.text(Instant.parse(instant));
  }
}
