package dev.renderworker.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobCursorTest {
  private static final Instant AT = Instant.parse("2030-11-20T12:00:00.123Z");

  @Test
  void isReadAsItWasWritten() {
    JobCursor cursor = new JobCursor(AT, new JobId("a_b:c-d.e"));

    assertEquals(cursor, JobCursor.parse(cursor.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_", "x", "2030-11-20T12:00:00Z", "2030-11-20T12:00:00Z_../x", "_a"})
  void whatIsNoCursorIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> JobCursor.parse(text));
  }

  @Test
  void olderJobsAreBehindItAndThoseOfTheSameInstantByTheirId() {
    JobCursor cursor = new JobCursor(AT, new JobId("m"));

    assertTrue(cursor.isBefore(AT.minusMillis(1), new JobId("a")));
    assertFalse(cursor.isBefore(AT.plusMillis(1), new JobId("z")));
    assertTrue(cursor.isBefore(AT, new JobId("n")));
    assertFalse(cursor.isBefore(AT, new JobId("m")));
    assertFalse(cursor.isBefore(AT, new JobId("l")));
  }
}
