package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StarterTest {
  private static final Failure THROTTLED = new Failure.Throttled(ErrorCode.THROTTLED, "slow down");

  private static final Failure DENIED =
      new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "the role may not list");

  private final Bench bench = new Bench();
  private final StopSignal stop = bench.time.stopSignal();
  private final Gate gate = new Gate();
  private final Claim claim = Samples.claim("job-1", "me");
  private final Starter starter = starter(bench.shift(stop));

  private Starter starter(Shift shift) {
    var followed = new Followed();
    return new Starter(
        shift,
        new Follower(shift, bench.rules().pollPace(), new Vitals(), followed),
        new Throttle(shift, gate, 20),
        gate,
        new Heartbeat(shift, followed, new InFlight(), new Gate(), Bench.STALE_AFTER));
  }

  @Test
  void workerThatStopsStartsNothing() {
    stop.stop();
    assertEquals(new Ending.NeverBegun(), starter.start(claim));
    assertEquals(List.of(), bench.journal.entries());
  }

  @Test
  void interruptEndsTheWaitForAThrottledStart() {
    bench.ledger.claimNew(claim);
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
    assertEquals(new Ending.HandedOver(), starter.seek(claim, claim.at()));
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
    Ending ending = starter.seek(claim, claim.at());
    assertEquals(ErrorCode.START_UNCERTAIN, ((Ending.Failed) ending).failure().code());
    assertEquals(Duration.ofSeconds(10), Duration.between(TestTime.START, bench.time.instant()));
  }

  @Test
  void cancelEndsTheSearchOnceALaunchWouldHaveShown() {
    bench.ledger.claimNew(claim);
    bench.ledger.requestCancel("job-1");
    for (int i = 0; i < 20; i++) {
      bench.renderer.job("job-1").orphan(new OrphanSearch.NotYet());
    }
    assertInstanceOf(Ending.Cancelled.class, starter.seek(claim, claim.at()));
    assertEquals(Duration.ofSeconds(30), Duration.between(TestTime.START, bench.time.instant()));
  }

  @Test
  void unansweredStartHadLeftWhenItsFailureCame() {
    bench.ledger.claimNew(claim);
    bench
        .renderer
        .job("job-1")
        .starts(
            () -> {
              bench.time.advance(Duration.ofMinutes(1));
              return new StartOutcome.NotStarted(new Failure.Uncertain("read timed out"));
            })
        .orphan(new OrphanSearch.NotYet())
        .orphan(new OrphanSearch.None());
    starter.start(claim);
    Instant failed = TestTime.START.plusSeconds(60);
    assertEquals(List.of(failed, failed), bench.renderer.leftBy());
  }

  @Test
  void startThatWasNotAskedForAsTheWorkerStopsWasNeverBegun() {
    bench.ledger.claimNew(claim);
    bench.renderer.job("job-1").starts(new StartOutcome.NotAsked());
    assertEquals(new Ending.NeverBegun(), starter.start(claim));
  }

  @Test
  void pausedWorkerStartsNothingAndPutsTheJobBack() {
    gate.close(DENIED);
    assertEquals(new Ending.Failed(DENIED), starter.start(claim));
    assertEquals(List.of(), bench.journal.entries());
  }

  @Test
  void startThatWaitsInPlaceIsPutBackWhenTheWorkerPauses() {
    bench.ledger.claimNew(claim);
    bench
        .renderer
        .job("job-1")
        .starts(
            () -> {
              gate.close(DENIED);
              return new StartOutcome.NotStarted(THROTTLED);
            });
    assertEquals(new Ending.Failed(DENIED), starter.start(claim));
    assertEquals(1, bench.journal.of("renderer start").size());
  }

  @Test
  void searchThatIsDeniedPausesTheWorkerAndGoesOnLessAndLessOften() {
    for (int i = 0; i < 7; i++) {
      bench.renderer.job("job-1").orphan(new OrphanSearch.Unknown(DENIED));
    }
    bench.renderer.job("job-1").orphan(new OrphanSearch.NotYet()).orphan(new OrphanSearch.None());
    Ending ending = starter.seek(claim, claim.at());
    assertEquals(ErrorCode.START_UNCERTAIN, ((Ending.Failed) ending).failure().code());
    assertEquals(Optional.of(DENIED), gate.closedBy());
    assertEquals(
        List.of(5L, 10L, 20L, 40L, 80L, 120L, 120L, 5L),
        bench.time.waits().stream().map(Duration::toSeconds).toList());
  }

  @Test
  void searchThatIsRefusedOnceAsWhenASessionEndsPausesNothing() {
    bench
        .renderer
        .job("job-1")
        .orphan(new OrphanSearch.Unknown(DENIED))
        .orphan(new OrphanSearch.Unknown(THROTTLED))
        .orphan(new OrphanSearch.None());
    starter.seek(claim, claim.at());
    assertEquals(Optional.empty(), gate.closedBy());
  }

  @Test
  void searchThatFailsForAWhileDoesNotPauseTheWorker() {
    bench
        .renderer
        .job("job-1")
        .orphan(new OrphanSearch.Unknown(THROTTLED))
        .orphan(new OrphanSearch.None());
    starter.seek(claim, claim.at());
    assertEquals(Optional.empty(), gate.closedBy());
  }

  @Test
  void searchInABucketThatTheMessageNamesAndNobodyMaySeeEndsTheJob() {
    var refused = new Failure.OfJob(ErrorCode.INVALID_REQUEST, "no such bucket");
    bench
        .renderer
        .job("job-1")
        .orphan(new OrphanSearch.Unknown(refused))
        .orphan(new OrphanSearch.Unknown(refused));
    assertEquals(new Ending.Failed(refused), starter.seek(claim, claim.at()));
    assertEquals(Optional.empty(), gate.closedBy());
  }
}
