package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Jobs whose owner is gone, and may have started a render. */
class ClaimsTest {
  private static final JobId JOB = new JobId("job-1");

  private final Bench bench = new Bench();
  private final Shift shift = bench.shift(bench.time.stopSignal());
  private final Claims claims = new Claims(shift, bench.rules().claimRule(), new Rejections(shift));

  private Instant leftBy() {
    Claimed claimed = claims.claim(JOB, Samples.delivery("m-1", 2), Bodies.request("job-1"));
    return assertInstanceOf(Claimed.ToSeek.class, claimed).leftBy();
  }

  @Test
  void goneOwnersStartMayHaveLeftUntilTheJobIsTakenOver() {
    bench.ledger.claimNew(Samples.claim("job-1", "gone"));
    bench.time.advance(Bench.STALE_AFTER.plusSeconds(1));
    assertEquals(bench.time.instant(), leftBy());
  }

  @Test
  void thoseWhoOnlySearchedHaveSentNoStartSince() {
    bench.ledger.claimNew(Samples.claim("job-1", "gone"));
    Instant takenOver = TestTime.START.plus(Bench.STALE_AFTER);
    var heir = new WorkerId("heir");
    assertTrue(
        bench.ledger.takeOver(
            bench.ledger.job("job-1"), heir, Samples.delivery("m-1", 2), takenOver));
    bench.time.advance(Bench.STALE_AFTER.multipliedBy(3));
    assertEquals(takenOver, leftBy());
  }
}
