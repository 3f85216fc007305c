package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** By whom a worker must be thought alive: it counts as gone 45 s after a beat. */
class HeartbeatTest {
  private static final Duration TRUST = Duration.ofMillis(33_750);

  private final Bench bench = new Bench();
  private final Heartbeat heartbeat =
      new Heartbeat(
          bench.shift(bench.time.stopSignal()),
          new Followed(),
          new InFlight(),
          new Gate(),
          Bench.STALE_AFTER);

  private Instant beat() {
    heartbeat.beat();
    return bench.time.instant();
  }

  @Test
  void nobodyKnowsAWorkerThatHasNotBeaten() {
    assertFalse(heartbeat.trustedSince(bench.time.instant()));
  }

  @Test
  void beatIsGoodForThreeQuartersOfTheLimit() {
    Instant claimed = beat();
    bench.time.advance(TRUST.minusMillis(1));
    assertTrue(heartbeat.trustedSince(claimed));
    bench.time.advance(Duration.ofMillis(1));
    assertFalse(heartbeat.trustedSince(claimed));
  }

  @Test
  void beatsInTimeKeepTheTrust() {
    Instant claimed = beat();
    bench.time.advance(TRUST.minusMillis(1));
    beat();
    bench.time.advance(TRUST.minusMillis(1));
    assertTrue(heartbeat.trustedSince(claimed));
  }

  @Test
  void beatThatComesTooLateVouchesOnlyForWhatIsClaimedAfterIt() {
    Instant claimed = beat();
    bench.time.advance(TRUST);
    Instant later = beat();
    assertFalse(heartbeat.trustedSince(claimed));
    assertTrue(heartbeat.trustedSince(later));
  }

  @Test
  void beatThatIsWrittenTooLateIsTooLate() {
    Instant claimed = beat();
    bench.time.advance(TRUST.minusSeconds(1));
    bench.registry.duringBeat(() -> bench.time.advance(Duration.ofSeconds(1)));
    beat();
    assertFalse(heartbeat.trustedSince(claimed));
  }
}
