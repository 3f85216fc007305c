package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
  private final Bench bench = new Bench();
  private final Claim claim = Samples.claim("job-1", "me");
  private ProgressLog progress;

  @BeforeEach
  void render() {
    bench.ledger.claimNew(claim);
    RenderHandle render = FakeRenderer.render("r");
    bench.ledger.rendering(
        claim.ownership(), render, RenderLinks.of(render, claim.request()), bench.time.instant());
    progress =
        new ProgressLog(
            bench.shift(bench.time.stopSignal()), claim.ownership(), FakeRenderer.render("r"));
  }

  @Test
  void progressIsWrittenWhenItHasMovedByFivePercentAndFiveSecondsHavePassed() {
    sawAfter(4, 0.50);
    assertEquals(0, writes());
    sawAfter(1, 0.50);
    assertEquals(1, writes());
    sawAfter(20, 0.54);
    assertEquals(1, writes());
    sawAfter(0, 0.56);
    assertEquals(2, writes());
  }

  @Test
  void progressThatFallsBackIsNotWritten() {
    sawAfter(10, 0.8);
    sawAfter(10, 0.2);
    assertEquals(0.8, progress.progress());
    assertEquals(1, writes());
  }

  @Test
  void writeThatIsRefusedIsMadeUpForByTheNext() {
    bench.journal.refuse("ledger progress", 1);
    sawAfter(5, 0.2);
    sawAfter(1, 0.2);
    assertEquals(List.of("ledger progress job-1 refused", "ledger progress job-1"), entries());
  }

  @Test
  void cancelIsAskedForOnce() {
    bench.ledger.requestCancel("job-1");
    sawAfter(5, 0.2);
    sawAfter(5, 0.4);
    assertTrue(progress.cancelled());
    assertEquals(1, bench.journal.count("renderer cancel r"));
  }

  @Test
  void cancelThatWasRefusedIsAskedForAgain() {
    bench.ledger.requestCancel("job-1");
    bench.renderer.cancelRefused(new Failure.Throttled(ErrorCode.THROTTLED, "slow down"));
    sawAfter(5, 0.2);
    assertFalse(progress.cancelled());
    sawAfter(5, 0.4);
    assertTrue(progress.cancelled());
    assertEquals(2, bench.journal.count("renderer cancel r"));
  }

  @Test
  void renderThatStandsStillCanBeCancelledToo() {
    sawAfter(5, 0.98);
    bench.ledger.requestCancel("job-1");
    sawAfter(29, 0.98);
    assertFalse(progress.cancelled());
    sawAfter(1, 0.98);
    assertTrue(progress.cancelled());
    assertEquals(1, writes());
  }

  @Test
  void wishToCancelIsHeededBetweenTwoLooks() {
    progress.heedRecord();
    assertFalse(progress.cancelled());
    bench.ledger.requestCancel("job-1");

    progress.heedRecord();

    assertTrue(progress.cancelled());
    assertEquals(1, bench.journal.count("renderer cancel r"));
  }

  @Test
  void wishToCancelAnotherWorkersJobIsNotHeededHere() {
    bench.ledger.requestCancel("job-1");
    bench.ledger.giveTo("other", "job-1");

    progress.heedRecord();

    assertFalse(progress.cancelled());
  }

  @Test
  void renderRunsOnThatHasNotEndedHalfMinuteAfterItWasAskedTo() {
    bench.ledger.requestCancel("job-1");
    sawAfter(100, 0.5);
    assertFalse(progress.runsOn());
    sawAfter(30, 0.5);
    assertFalse(progress.runsOn());
    sawAfter(1, 0.5);
    assertTrue(progress.runsOn());
  }

  @Test
  void standstillIsReadEveryThirtySecondsAndNotAtEachLook() {
    for (int i = 0; i < 60; i++) {
      sawAfter(1, 0);
    }
    assertEquals(2, bench.journal.count("ledger find job-1"));
    assertEquals(0, writes());
  }

  @Test
  void workerThatWasFrozenLearnsAtItsFirstLookThatTheJobIsAnothers() {
    bench.ledger.giveTo("other", "job-1");
    assertThrows(FencedException.class, () -> sawAfter(45, 0.01));
  }

  @Test
  void writerThatIsFencedOffHearsOfIt() {
    bench.ledger.giveTo("other", "job-1");
    assertThrows(FencedException.class, () -> sawAfter(5, 0.2));
  }

  private void sawAfter(long seconds, double seen) {
    bench.time.advance(Duration.ofSeconds(seconds));
    progress.saw(seen);
  }

  private List<String> entries() {
    return bench.journal.of("ledger progress");
  }

  private int writes() {
    return entries().size();
  }
}
