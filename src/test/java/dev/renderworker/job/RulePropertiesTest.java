package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

/** The rules on records of every kind, also such as no history of this version leaves behind. */
class RulePropertiesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);

  private final ClaimRule rule = new ClaimRule(Duration.ofSeconds(45));

  @Property(edgeCases = EdgeCasesMode.NONE)
  void decisionKeepsTheInvariantsWhateverTheRecord(
      @ForAll("jobs") Job job,
      @ForAll("arrivals") ClaimRule.Arrival arrival,
      @ForAll boolean beat) {
    boolean alive = beat && job.state().owner().isPresent();
    new Invariants().check(job, arrival, alive, rule.decide(job, arrival, alive, NOW), NOW);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void wishToCancelNeverMakesAJobStartThatWouldNotHave(
      @ForAll("jobs") Job job,
      @ForAll("arrivals") ClaimRule.Arrival arrival,
      @ForAll boolean beat) {
    ClaimDecision without = rule.decide(cancelled(job, false), arrival, beat, NOW);
    ClaimDecision with = rule.decide(cancelled(job, true), arrival, beat, NOW);
    assertTrue(with.equals(without) || with.equals(new ClaimDecision.Cancel()));
  }

  @Property
  void duplicateWaitsAtLeastUntilItsOwnerWouldBeStaleAndAtMostAnHour(
      @ForAll @Positive int receives, @ForAll @IntRange(min = 3, max = 3600) int staleSeconds) {
    Duration stale = Duration.ofSeconds(staleSeconds);
    Duration delay = new ClaimRule(stale).leaveAlone(receives).delay();
    assertTrue(delay.compareTo(stale) >= 0 && delay.compareTo(Duration.ofHours(1)) <= 0);
  }

  @Property
  void retryIsNeverBeyondTheTwelveHoursOfItsMessage(
      @ForAll @IntRange(min = 1, max = 19) int attempt,
      @ForAll @IntRange(max = 12 * 3600) int heldSeconds,
      @ForAll @IntRange(min = 1, max = 36_000) int baseSeconds,
      @ForAll long seed) {
    var backoff = new RetryBackoff(Duration.ofSeconds(baseSeconds), Duration.ofHours(10));
    var step =
        new RetryRule(20, backoff)
            .after(
                new Failure.OfJob(ErrorCode.FLAKY_RENDER, "flaky"),
                new Tries(attempt, 0, 0),
                NOW.minusSeconds(heldSeconds),
                NOW,
                new Random(seed));
    Instant at = assertInstanceOf(NextStep.Retry.class, step).at();
    assertFalse(at.isAfter(NOW.minusSeconds(heldSeconds).plus(RetryRule.LONGEST_HOLD)));
    assertFalse(at.isAfter(NOW.plus(backoff.ceiling(attempt))));
  }

  @Property
  void failureCostsWhatItsCodeSaysAtEveryAttempt(
      @ForAll ErrorCode code,
      @ForAll @IntRange(min = 1, max = 5) int attemptInRound,
      @ForAll @IntRange(max = 12) int uncharged,
      @ForAll @IntRange(max = 2) int kind) {
    Tries tries = new Tries(attemptInRound + uncharged, uncharged, uncharged);
    Failure failure =
        switch (kind) {
          case 0 -> new Failure.OfJob(code, "failed");
          case 1 -> new Failure.OfEnvironment(code, "broken");
          default -> new Failure.Throttled(code, "slow down");
        };
    var retries = new RetryRule(JobWorld.MAX_ATTEMPTS, new RetryBackoff(HOUR, HOUR));
    NextStep step = retries.after(failure, tries, NOW, NOW, new Random(1));
    new Invariants().check(failure, tries, NOW, step);
  }

  @Property
  void backoffIsNeverNegativeNeverAboveItsCeilingAndTheCeilingNeverFalls(
      @ForAll @IntRange(min = 1, max = 100_000) int baseMs,
      @ForAll @IntRange(max = 1_000_000) int aboveMs,
      @ForAll @IntRange(min = 1, max = 10_000) int tries,
      @ForAll long seed) {
    Duration base = Duration.ofMillis(baseMs);
    var backoff = new RetryBackoff(base, base.plusMillis(aboveMs));
    Duration delay = backoff.after(tries, new Random(seed));
    assertFalse(delay.isNegative());
    assertTrue(delay.compareTo(backoff.ceiling(tries)) <= 0);
    assertTrue(backoff.ceiling(tries).compareTo(backoff.ceiling(tries + 1)) <= 0);
    assertTrue(backoff.ceiling(tries).compareTo(backoff.max()) <= 0);
    assertEquals(base, backoff.ceiling(1));
  }

  @Property
  void messageOfAFailureIsKeptShortAndWhole(@ForAll String message) {
    String kept = new Failure.Uncertain(message).message();
    assertTrue(kept.length() <= Failure.MAX_MESSAGE_LENGTH);
    assertTrue(message.length() > Failure.MAX_MESSAGE_LENGTH || kept.equals(message));
  }

  private static Job cancelled(Job job, boolean requested) {
    return new Job(
        job.id(),
        job.state(),
        job.messageId(),
        job.fingerprint(),
        job.render(),
        requested,
        job.lastError());
  }

  @Provide
  Arbitrary<ClaimRule.Arrival> arrivals() {
    return Combinators.combine(
            messageIds(), Arbitraries.of("same", "other"), Arbitraries.integers().between(1, 1000))
        .as(ClaimRule.Arrival::new);
  }

  @Provide
  Arbitrary<Job> jobs() {
    return Combinators.combine(
            states(),
            messageIds().optional(),
            Arbitraries.of("same", "other").optional(),
            Arbitraries.just(new RenderHandle("render", "bucket", "function", "us-east-1"))
                .optional(),
            Arbitraries.of(true, false))
        .as(
            (state, message, fingerprint, render, cancel) ->
                new Job(
                    new JobId("job"),
                    state,
                    message,
                    fingerprint,
                    render,
                    cancel,
                    Optional.empty()));
  }

  private static Arbitrary<String> messageIds() {
    return Arbitraries.of("message", "another");
  }

  private static Arbitrary<Job.State> states() {
    return Combinators.combine(
            Arbitraries.of(JobStatus.class),
            Arbitraries.integers().between(0, 50),
            Arbitraries.integers().between(0, 50),
            Arbitraries.just(new WorkerId("owner")).optional(),
            Arbitraries.longs().between(-7200, 50_000).map(NOW::plusSeconds).optional(),
            Arbitraries.of(true, false))
        .as(
            (status, attempt, earlier, owner, retryAt, deadLettered) ->
                new Job.State(
                    status,
                    new Tries(attempt, Math.min(earlier, attempt), 0),
                    owner,
                    new Job.Times(NOW, Optional.empty(), Optional.empty(), retryAt),
                    deadLettered));
  }
}
