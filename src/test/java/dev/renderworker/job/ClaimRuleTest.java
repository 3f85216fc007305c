package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.ClaimDecision.Acknowledge;
import dev.renderworker.job.ClaimDecision.Cancel;
import dev.renderworker.job.ClaimDecision.Conflict;
import dev.renderworker.job.ClaimDecision.DeadLetterAgain;
import dev.renderworker.job.ClaimDecision.Follow;
import dev.renderworker.job.ClaimDecision.LeaveAlone;
import dev.renderworker.job.ClaimDecision.SeekOrphan;
import dev.renderworker.job.ClaimDecision.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimRuleTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final boolean OWNER_ALIVE = true;
  private static final boolean OWNER_GONE = false;

  private final ClaimRule rule = new ClaimRule(Duration.ofSeconds(45));

  @Test
  void queuedJobStartsItsFirstAttempt() {
    assertEquals(new Start(new Tries(1, 0, 0)), decide(job(JobStatus.QUEUED, 0)));
  }

  @Test
  void jobThatWasPutBackStartsTheSameAttemptAgain() {
    assertEquals(new Start(new Tries(4, 3, 0)), decide(job(JobStatus.QUEUED, 3).earlier(3)));
  }

  @Test
  void queuedJobThatWasCancelledNeverStarts() {
    assertEquals(new Cancel(), decide(job(JobStatus.QUEUED, 0).cancelled()));
  }

  @Test
  void retryingJobStartsTheNextAttemptOfItsRound() {
    assertEquals(
        new Start(new Tries(5, 2, 1)), decide(job(JobStatus.RETRYING, 4).earlier(2).uncharged(1)));
  }

  @Test
  void retryIsDueAMomentEarlyBecauseSqsHidesForWholeSeconds() {
    assertEquals(
        new Start(new Tries(2, 0, 0)),
        decide(job(JobStatus.RETRYING, 1).retryAt(NOW.plus(Duration.ofSeconds(2)))));
  }

  @Test
  void retryThatIsNotDueWaitsForTheRestOfItsBackoff() {
    assertEquals(
        new LeaveAlone(Duration.ofSeconds(90)),
        decide(job(JobStatus.RETRYING, 1).retryAt(NOW.plusSeconds(90))));
  }

  @Test
  void earlyDeliveryOfARetryIsNotPushedBeyondItsBackoff() {
    Job job = job(JobStatus.RETRYING, 3).retryAt(NOW.plusSeconds(90)).build();
    assertEquals(
        new LeaveAlone(Duration.ofSeconds(90)),
        rule.decide(job, arrival("message", "same", 7), OWNER_GONE, NOW));
  }

  @Test
  void retryingJobThatWasCancelledEndsWithoutWaitingForItsBackoff() {
    assertEquals(
        new Cancel(), decide(job(JobStatus.RETRYING, 1).retryAt(NOW.plusSeconds(900)).cancelled()));
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTING", "RENDERING"})
  void jobOfALivingOwnerIsLeftAloneUntilTheOwnerWouldBeStale(JobStatus status) {
    assertEquals(
        new LeaveAlone(Duration.ofSeconds(45)), decide(job(status, 1).rendering(), OWNER_ALIVE));
  }

  @ParameterizedTest
  @CsvSource({"1,45", "2,90", "3,180", "5,720", "6,900", "19,900", "2147483647,900"})
  void duplicateIsHiddenTwiceAsLongAtEachReceiveUpToAQuarterOfAnHour(int receives, long seconds) {
    assertEquals(new LeaveAlone(Duration.ofSeconds(seconds)), rule.leaveAlone(receives));
  }

  @Test
  void duplicateIsHiddenUntilAnOwnerWouldBeStaleHoweverLateThatIs() {
    Duration hour = Duration.ofHours(1);
    assertEquals(new LeaveAlone(hour), new ClaimRule(hour).leaveAlone(3));
  }

  @Test
  void renderOfAnOwnerThatIsGoneIsFollowedOnAndNotStartedAgain() {
    assertEquals(new Follow(render()), decide(job(JobStatus.RENDERING, 1).rendering(), OWNER_GONE));
  }

  @Test
  void startOfAnOwnerThatIsGoneIsLookedForBeforeAnotherOne() {
    assertEquals(new SeekOrphan(), decide(job(JobStatus.STARTING, 1), OWNER_GONE));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "CANCELLED"})
  void messageOfAJobThatHasEndedIsDeletedWhicheverItIs(JobStatus status) {
    Job job = job(status, 1).build();
    assertEquals(
        new Acknowledge(), rule.decide(job, arrival("message", "same", 1), OWNER_GONE, NOW));
    assertEquals(
        new Acknowledge(), rule.decide(job, arrival("another", "same", 1), OWNER_GONE, NOW));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "REJECTED"})
  void messageOfAFailedJobIsDeletedOnceItIsDeadLettered(JobStatus status) {
    assertEquals(new Acknowledge(), decide(job(status, 3).deadLettered()));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "REJECTED"})
  void messageOfAFailedJobThatMissedItsDeadLetterGetsItNow(JobStatus status) {
    assertEquals(new DeadLetterAgain(), decide(job(status, 3)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "REJECTED"})
  void failedJobUnderAnotherMessageBeginsANewRound(JobStatus status) {
    Job job = job(status, 3).earlier(1).uncharged(1).deadLettered().build();
    assertEquals(
        new Start(new Tries(4, 3, 0)),
        rule.decide(job, arrival("redriven", "same", 1), OWNER_GONE, NOW));
  }

  @ParameterizedTest
  @EnumSource
  void anotherRequestUnderTheSameIdIsAConflictWhateverTheStatus(JobStatus status) {
    Job job = job(status, 1).rendering().cancelled().build();
    assertEquals(
        new Conflict(), rule.decide(job, arrival("message", "other", 1), OWNER_ALIVE, NOW));
  }

  @Test
  void recordWithoutAFingerprintConflictsWithNothing() {
    Job rejected = job(JobStatus.REJECTED, 0).withoutFingerprint().build();
    assertEquals(
        new Start(new Tries(1, 0, 0)),
        rule.decide(rejected, arrival("mended", "any", 1), OWNER_GONE, NOW));
  }

  private ClaimDecision decide(JobRecord record) {
    return decide(record, OWNER_GONE);
  }

  private ClaimDecision decide(JobRecord record, boolean ownerAlive) {
    return rule.decide(record.build(), arrival("message", "same", 1), ownerAlive, NOW);
  }

  private static ClaimRule.Arrival arrival(String message, String fingerprint, int receives) {
    return new ClaimRule.Arrival(message, fingerprint, receives);
  }

  private static RenderHandle render() {
    return new RenderHandle("render", "bucket", "function", "us-east-1");
  }

  private static JobRecord job(JobStatus status, int attempt) {
    return new JobRecord(status, attempt);
  }

  /** A record of the request "same", brought by "message". */
  private static final class JobRecord {
    private final JobStatus status;
    private final int attempt;
    private int earlierAttempts;
    private int uncharged;
    private Optional<Instant> retryAt = Optional.empty();
    private Optional<RenderHandle> render = Optional.empty();
    private Optional<String> fingerprint = Optional.of("same");
    private boolean cancelRequested;
    private boolean deadLettered;

    JobRecord(JobStatus status, int attempt) {
      this.status = status;
      this.attempt = attempt;
    }

    JobRecord earlier(int count) {
      earlierAttempts = count;
      return this;
    }

    JobRecord uncharged(int count) {
      uncharged = count;
      return this;
    }

    JobRecord retryAt(Instant at) {
      retryAt = Optional.of(at);
      return this;
    }

    JobRecord rendering() {
      render = Optional.of(render());
      return this;
    }

    JobRecord withoutFingerprint() {
      fingerprint = Optional.empty();
      return this;
    }

    JobRecord cancelled() {
      cancelRequested = true;
      return this;
    }

    JobRecord deadLettered() {
      deadLettered = true;
      return this;
    }

    Job build() {
      return new Job(
          new JobId("job"),
          new Job.State(
              status,
              new Tries(attempt, earlierAttempts, uncharged),
              Optional.empty(),
              new Job.Times(NOW, Optional.empty(), Optional.empty(), retryAt),
              deadLettered),
          Optional.of("message"),
          fingerprint,
          render,
          cancelRequested,
          Optional.empty());
    }
  }
}
