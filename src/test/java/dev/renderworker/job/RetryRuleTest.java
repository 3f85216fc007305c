package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRuleTest {
  private static final Instant RECEIVED = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant NOW = RECEIVED.plus(Duration.ofMinutes(3));
  private static final RandomGenerator AT_ONCE = () -> 0;

  private final RetryRule rule = rule(3, Duration.ofMinutes(5));

  @Test
  void jobsFaultIsRetriedAndCharged() {
    assertEquals(new NextStep.Retry(NOW, true), after(ErrorCode.BROWSER_CRASHED, 1));
    assertEquals(new NextStep.Retry(NOW, true), after(ErrorCode.BROWSER_CRASHED, 2));
  }

  @Test
  void lastAttemptOfTheRoundEndsTheJob() {
    assertEquals(new NextStep.GiveUp(), after(ErrorCode.BROWSER_CRASHED, 3));
  }

  @Test
  void onlyAttemptIsTheLastOne() {
    assertEquals(
        new NextStep.GiveUp(),
        rule(1, Duration.ofMinutes(5))
            .after(ofJob(ErrorCode.RENDER_TIMEOUT), nth(1), RECEIVED, NOW, AT_ONCE));
  }

  @ParameterizedTest
  @EnumSource
  void codeThatCannotEndBetterEndsTheJobAtOnceAndNoOtherDoes(ErrorCode code) {
    assertEquals(!code.retryable(), after(code, 1) instanceof NextStep.GiveUp);
  }

  @Test
  void environmentsFaultInsideARenderDoesNotUseUpTheRound() {
    assertEquals(new NextStep.Retry(NOW, false), after(ErrorCode.CONCURRENCY_LIMIT, 3));
    assertEquals(new NextStep.Retry(NOW, false), limited(new Tries(12, 9, 7)));
  }

  @Test
  void environmentsFaultInsideARenderIsChargedOnceTooManyWereNot() {
    assertEquals(new NextStep.Retry(NOW, true), limited(new Tries(9, 8, 8)));
    assertEquals(new NextStep.Retry(NOW, true), limited(new Tries(10, 8, 8)));
    assertEquals(new NextStep.GiveUp(), limited(new Tries(11, 8, 8)));
  }

  @Test
  void unchargedAttemptsMakeTheBackoffGrowToo() {
    var once = new Random(7);
    var again = new Random(7);
    RetryBackoff backoff = new RetryBackoff(Duration.ofSeconds(1), Duration.ofHours(24));
    Failure failure = ofJob(ErrorCode.CONCURRENCY_LIMIT);
    assertEquals(
        new NextStep.Retry(NOW.plus(backoff.after(5, again)), false),
        new RetryRule(3, backoff).after(failure, new Tries(5, 4, 4), RECEIVED, NOW, once));
  }

  private NextStep limited(Tries tries) {
    return rule.after(ofJob(ErrorCode.CONCURRENCY_LIMIT), tries, RECEIVED, NOW, AT_ONCE);
  }

  @Test
  void brokenEnvironmentPutsTheJobBackEvenAfterItsLastAttempt() {
    assertEquals(
        new NextStep.PutBack(),
        after(new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "denied"), 3));
  }

  @Test
  void throttlingPutsTheJobBack() {
    assertEquals(
        new NextStep.PutBack(), after(new Failure.Throttled(ErrorCode.THROTTLED, "slow down"), 3));
  }

  @Test
  void uncertainStartIsChargedAsItMayHaveRendered() {
    assertEquals(new NextStep.Retry(NOW, true), after(new Failure.Uncertain("no answer"), 1));
    assertEquals(new NextStep.GiveUp(), after(new Failure.Uncertain("no answer"), 3));
  }

  @Test
  void backoffNeverExceedsTwelveHoursLessTheTimeAlreadyHeld() {
    RetryRule patient = rule(100, Duration.ofHours(24));
    Instant held = RECEIVED.plus(Duration.ofHours(11));
    var random = new Random(7);
    for (int attempt = 1; attempt < 100; attempt++) {
      NextStep step =
          patient.after(ofJob(ErrorCode.FLAKY_RENDER), nth(attempt), RECEIVED, held, random);
      Instant at = assertInstanceOf(NextStep.Retry.class, step).at();
      assertTrue(at.isBefore(RECEIVED.plus(RetryRule.LONGEST_HOLD)), at::toString);
    }
  }

  @Test
  void roundNeedsAtLeastOneAttempt() {
    assertThrows(IllegalArgumentException.class, () -> rule(0, Duration.ofMinutes(5)));
  }

  private NextStep after(ErrorCode code, int attempt) {
    return after(ofJob(code), attempt);
  }

  private NextStep after(Failure failure, int attempt) {
    return rule.after(failure, nth(attempt), RECEIVED, NOW, AT_ONCE);
  }

  private static Tries nth(int attempt) {
    return new Tries(attempt, 0, 0);
  }

  private static Failure ofJob(ErrorCode code) {
    return new Failure.OfJob(code, "why");
  }

  private static RetryRule rule(int attempts, Duration base) {
    return new RetryRule(attempts, new RetryBackoff(base, Duration.ofHours(24)));
  }
}
