package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StarterTest {
  private static final Failure THROTTLED = new Failure.Throttled(ErrorCode.THROTTLED, "slow down");

  private final Bench bench = new Bench();
  private final StopSignal stop = bench.time.stopSignal();
  private final Claim claim = Samples.claim("job-1", "me");
  private final Starter starter = starter(bench.shift(stop));

  private Starter starter(Shift shift) {
    return new Starter(shift, new Follower(shift, bench.rules().pollPace(), new Vitals()));
  }

  @Test
  void workerThatStopsStartsNothing() {
    stop.stop();
    assertEquals(new Ending.NeverBegun(), starter.start(claim));
    assertEquals(List.of(), bench.journal.entries());
  }

  @Test
  void interruptEndsTheWaitForAThrottledStart() {
    bench
        .renderer
        .job("job-1")
        .starts(
            () -> {
              Thread.currentThread().interrupt();
              return new StartOutcome.NotStarted(THROTTLED);
            });
    assertEquals(new Ending.NeverBegun(), starter.start(claim));
    assertTrue(Thread.interrupted());
    assertEquals(1, bench.journal.of("renderer start").size());
  }

  @Test
  void interruptEndsTheSearchForAnOrphan() {
    bench.renderer.job("job-1").orphan(new OrphanSearch.NotYet());
    Thread.currentThread().interrupt();
    assertEquals(new Ending.HandedOver(), starter.seek(claim));
    assertTrue(Thread.interrupted());
  }

  @Test
  void throttledStartsBackOffFurtherEachTime() {
    bench.ledger.claimNew(claim);
    Starter patient =
        starter(
            new Shift(
                claim.ownership().owner(), bench.ports(), bench.time, stop, new LongestDraw()));
    for (int i = 0; i < 8; i++) {
      bench.renderer.job("job-1").fails(THROTTLED);
    }
    bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
    patient.start(claim);
    assertEquals(
        List.of(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L),
        bench.time.waits().stream().map(Duration::toSeconds).toList());
  }

  @Test
  void orphanIsLookedForEveryFiveSecondsUntilNoneCanAppearAnyMore() {
    bench
        .renderer
        .job("job-1")
        .orphan(new OrphanSearch.NotYet())
        .orphan(new OrphanSearch.NotYet())
        .orphan(new OrphanSearch.None());
    Ending ending = starter.seek(claim);
    assertEquals(ErrorCode.START_UNCERTAIN, ((Ending.Failed) ending).failure().code());
    assertEquals(Duration.ofSeconds(10), Duration.between(TestTime.START, bench.time.instant()));
  }
}
