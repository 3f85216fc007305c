package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.FakeJobs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndedJobsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final FakeJobs table = new FakeJobs();
  private final EndedJobs ended = new EndedJobs(table);

  private void fill(int count, Instant last) {
    for (int i = 0; i < count; i++) {
      table.put("job-" + i, JobStatus.SUCCEEDED, last.minusSeconds(i), "costUsd", 0.5);
    }
  }

  @Test
  void readsBackALittleAtATimeUntilAllOfTheDayIsThere() {
    fill(2_000, NOON);
    int updates = 0;
    do {
      int before = table.lists();
      ended.update(NOON);
      assertTrue(table.lists() - before <= 8, "reads");
      updates++;
    } while (!ended.complete());

    assertEquals(2_000, ended.ends().size());
    assertTrue(updates > 1);
  }

  @Test
  void thenReadsOnlyWhatIsNew() {
    fill(50, NOON);
    ended.update(NOON);
    table.put("new", JobStatus.FAILED, NOON.plusSeconds(60));
    int before = table.lists();

    ended.update(NOON.plusSeconds(61));

    assertEquals(51, ended.ends().size());
    assertEquals(1, table.lists() - before);
  }

  @Test
  void jobsOfYesterdayAreNotRead() {
    fill(30, NOON.minus(Duration.ofDays(1)));

    ended.update(NOON);

    assertEquals(0, ended.ends().size());
    assertTrue(ended.complete());
  }

  @Test
  void afterMidnightTheLastHourReachesIntoYesterday() {
    Instant midnight = Instant.parse("2026-11-25T00:10:00Z");
    table.put("late", JobStatus.SUCCEEDED, midnight.minusSeconds(1200), "costUsd", 1);
    table.put("early", JobStatus.SUCCEEDED, midnight.minusSeconds(7200), "costUsd", 1);

    ended.update(midnight);

    assertEquals(1, ended.ends().size());
    assertEquals(BigDecimal.ZERO, LastHour.today(ended.ends(), midnight).get("costUsd"));
  }

  @Test
  void jobThatIsTriedAgainCountsOnce() {
    table.put("order-1", JobStatus.FAILED, NOON);
    ended.update(NOON);
    table.put(
        "order-1", JobStatus.SUCCEEDED, NOON.plusSeconds(30), "costUsd", new BigDecimal("0.01"));

    ended.update(NOON.plusSeconds(31));

    assertEquals(1, ended.ends().size());
    assertEquals(1L, LastHour.today(ended.ends(), NOON).get("succeeded"));
    assertEquals(0L, LastHour.today(ended.ends(), NOON).get("failed"));
  }

  @Test
  void gapThatIsTooLongIsReadBackAgain() {
    fill(1, NOON.minusSeconds(3_000));
    ended.update(NOON.minusSeconds(3_000));
    fill(1_500, NOON);

    ended.update(NOON);
    assertFalse(ended.complete());
    while (!ended.complete()) {
      ended.update(NOON);
    }

    assertEquals(1_500, ended.ends().size());
  }

  @Test
  void stepsOfTheHourHoldWhatEndedInThem() {
    table.put("now", JobStatus.SUCCEEDED, NOON.plusSeconds(10));
    table.put("cancelled", JobStatus.CANCELLED, NOON.plusSeconds(10));
    table.put("first", JobStatus.FAILED, NOON.minusSeconds(58 * 60));
    table.put("before", JobStatus.FAILED, NOON.minusSeconds(58 * 60 + 1));
    Instant now = NOON.plusSeconds(20);

    ended.update(now);
    var steps = LastHour.steps(ended.ends(), now);

    assertEquals(30, steps.size());
    assertEquals(1, steps.getLast().get("succeeded"));
    assertEquals(0, steps.getLast().get("failed"));
    assertEquals(1, steps.getFirst().get("failed"));
    assertEquals("2026-11-24T11:02:00Z", steps.getFirst().get("at"));
  }
}
