package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What must hold in every history of a job, whatever befalls it. */
final class Invariants {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  /** Failed attempts of the round that count. */
  private int charged;

  /** Of a decision about a delivery. */
  void check(
      Job job, ClaimRule.Arrival arrival, boolean ownerAlive, ClaimDecision decision, Instant now) {
    assertEquals(
        job.fingerprint().filter(known -> !known.equals(arrival.fingerprint())).isPresent(),
        decision instanceof ClaimDecision.Conflict,
        "exactly another request is a conflict");
    switch (decision) {
      case ClaimDecision.Start start -> mayStart(job, arrival, start, now);
      case ClaimDecision.Follow(var render) -> {
        assertFalse(ownerAlive, "the render of a living owner is followed by nobody else");
        assertEquals(Optional.of(render), job.render());
      }
      case ClaimDecision.SeekOrphan _ -> {
        assertFalse(ownerAlive, "nobody looks for the render of a living owner");
        assertEquals(Optional.empty(), job.render(), "a render that is known is followed");
      }
      case ClaimDecision.LeaveAlone(var delay) -> mayWait(job, ownerAlive, delay, now);
      case ClaimDecision.Acknowledge _ ->
          assertTrue(job.status().isFinal(), "only the message of an ended job is deleted");
      case ClaimDecision.DeadLetterAgain _ ->
          assertFalse(job.state().deadLettered(), "a dead letter that is known is not sent again");
      case ClaimDecision.Cancel _ -> assertTrue(job.cancelRequested(), "someone asked for it");
      case ClaimDecision.Conflict _ -> {}
    }
  }

  private static void mayStart(
      Job job, ClaimRule.Arrival arrival, ClaimDecision.Start start, Instant now) {
    Job.State state = job.state();
    boolean sameMessage = job.messageId().equals(Optional.of(arrival.messageId()));
    assertEquals(
        state.tries().attempt() + 1, start.tries().attempt(), "each start is the next attempt");
    switch (job.status()) {
      case QUEUED, RETRYING -> {
        assertFalse(job.cancelRequested(), "a cancelled job is not started");
        assertEquals(state.tries().next(), start.tries(), "the round goes on");
        state
            .times()
            .retry()
            .filter(_ -> job.status() == JobStatus.RETRYING)
            .ifPresent(
                at -> assertFalse(now.isBefore(at.minusSeconds(2)), "backoff is waited for"));
      }
      case FAILED, REJECTED -> {
        assertFalse(sameMessage, "only another message begins a new round");
        assertEquals(1, start.tries().inRound(), "a new round has all its attempts");
        assertEquals(0, start.tries().uncharged(), "and all that is spared");
      }
      case STARTING, RENDERING, SUCCEEDED, CANCELLED ->
          throw new AssertionError("a start of a job that is " + job.status());
    }
  }

  private static void mayWait(Job job, boolean ownerAlive, Duration delay, Instant now) {
    assertTrue(delay.isPositive(), "a wait is a wait");
    switch (job.status()) {
      case STARTING, RENDERING -> {
        assertTrue(ownerAlive, "a job whose owner is gone is not left alone");
        assertTrue(delay.compareTo(LONGEST_WAIT) <= 0, "not for longer than a function runs");
      }
      case RETRYING -> assertEquals(job.state().times().retry(), Optional.of(now.plus(delay)));
      case QUEUED, SUCCEEDED, CANCELLED, FAILED, REJECTED ->
          throw new AssertionError("waiting for a job that is " + job.status());
    }
  }

  /** Of a decision about a failed attempt. */
  void check(Failure failure, Tries tries, Instant receivedAt, NextStep step) {
    boolean counts =
        failure.code().blame() == ErrorCode.Blame.JOB
            || tries.uncharged() >= RetryRule.MOST_UNCHARGED;
    switch (step) {
      case NextStep.Retry(var at, var charges) -> {
        assertFalse(at.isAfter(receivedAt.plus(Duration.ofHours(12))), "hidden at most 12 hours");
        assertTrue(failure.code().retryable(), "only what can end better is tried again");
        assertEquals(counts, charges, "the job's own faults are charged, others not for long");
        assertTrue(
            !charges || tries.inRound() < JobWorld.MAX_ATTEMPTS, "the round has attempts left");
      }
      case NextStep.GiveUp _ ->
          assertTrue(
              !failure.code().retryable() || (counts && tries.inRound() >= JobWorld.MAX_ATTEMPTS),
              "a job that has attempts left is not given up");
      case NextStep.PutBack _ ->
          assertTrue(
              failure instanceof Failure.Throttled || failure instanceof Failure.OfEnvironment,
              "only what was not started is put back");
    }
  }

  /** Of what became of the record. */
  void check(Optional<Job> before, Optional<Job> after, int launched) {
    before.ifPresent(job -> checkStep(job, after.orElseThrow()));
    after.ifPresent(
        job -> {
          checkState(job);
          assertTrue(job.state().tries().attempt() >= launched, "every launch is an attempt");
        });
  }

  private void checkStep(Job before, Job after) {
    if (before.status() == JobStatus.SUCCEEDED || before.status() == JobStatus.CANCELLED) {
      assertEquals(before, after, "a final state is never left");
    }
    if (before.status().isFinal() && !after.status().isFinal()) {
      assertEquals(JobStatus.STARTING, after.status(), "a new round begins with a start");
      charged = 0;
    }
    int fell = before.state().tries().attempt() - after.state().tries().attempt();
    boolean putBack =
        before.status() == JobStatus.STARTING
            && (after.status() == JobStatus.QUEUED || after.status() == JobStatus.RETRYING);
    assertTrue(fell <= 0 || (fell == 1 && putBack), "attempts fall only by a put-back");
    assertTrue(fell >= -1, "attempts are counted one by one");
    if (!before.status().equals(after.status())) {
      count(after);
    }
  }

  /** Whatever was charged in a round stays so, and nothing else uses the round up. */
  private void count(Job after) {
    Tries tries = after.state().tries();
    if (after.status() == JobStatus.FAILED) {
      ErrorCode code = after.lastError().orElseThrow().code();
      boolean spared =
          code.blame() == ErrorCode.Blame.ENVIRONMENT
              && tries.uncharged() < RetryRule.MOST_UNCHARGED;
      assertFalse(spared, "no job fails for the environment's sake");
      assertTrue(
          !code.retryable() || tries.inRound() == JobWorld.MAX_ATTEMPTS,
          "a job that has attempts left has not failed");
    }
    if (after.status() == JobStatus.RETRYING) {
      assertTrue(tries.inRound() < JobWorld.MAX_ATTEMPTS, "the round has attempts left");
      assertTrue(tries.inRound() >= charged, "what was charged stays charged");
      charged = tries.inRound();
    }
  }

  private static void checkState(Job job) {
    Job.State state = job.state();
    assertEquals(
        job.status() == JobStatus.RENDERING,
        job.render().isPresent() && !job.status().isFinal() && job.status() != JobStatus.RETRYING,
        "a job renders once it has a render, and only then");
    assertTrue(state.tries().inRound() >= 0, "the round is part of the life");
    boolean held = job.status() == JobStatus.STARTING || job.status() == JobStatus.RENDERING;
    assertTrue(held || state.owner().isEmpty(), "nobody owns a job that nobody works on");
  }
}
