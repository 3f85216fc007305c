package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FinisherTest {
  private final Bench bench = new Bench();
  private final Claim claim = Samples.claim("job-1", "me");
  private final Shift shift =
      new Shift(
          new WorkerId("me"),
          bench.ports(),
          bench.time,
          bench.time.stopSignal(),
          new LongestDraw());
  private final Finisher finisher =
      new Finisher(shift, bench.rules().retryRule(), new Rejections(shift), new Gate());

  @Test
  void messageIsHiddenUntilItsRetryIsDue() {
    assertEquals(new Disposal.Hide(Duration.ofSeconds(10)), crash());
    assertEquals(
        Optional.of(TestTime.START.plusSeconds(10)),
        bench.ledger.job("job-1").state().times().retry());
  }

  @Test
  void timeThatTheRecordTookIsNotAddedToTheBackoff() {
    bench.journal.refuse("ledger retrying", 3);
    assertEquals(new Disposal.Hide(Duration.ofMillis(6500)), crash());
  }

  @Test
  void retryThatIsOverdueOnceItIsWrittenIsDueAtOnce() {
    bench.journal.refuse("ledger retrying", 30);
    assertEquals(new Disposal.Hide(Duration.ZERO), crash());
  }

  @Test
  void messageIsNeverHiddenBeyondTwelveHoursFromItsReceive() {
    bench.time.advance(Duration.ofHours(12).minusSeconds(62));
    assertEquals(new Disposal.Hide(Duration.ofSeconds(2)), crash());
  }

  private Disposal crash() {
    bench.ledger.claimNew(claim);
    return finisher.finish(
        claim, new Ending.Failed(new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed")));
  }
}
