package dev.renderworker.worker;

import dev.renderworker.job.ClaimDecision;
import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Tries;
import dev.renderworker.job.Violation;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Claims jobs for this worker, by the claim table in {@link ClaimRule}. */
final class Claims {
  /** How often a claim that lost a race is tried again at once. */
  private static final int TRIES = 5;

  private static final Duration AFTER_LOST_RACES = Duration.ofSeconds(5);

  private final Shift shift;
  private final ClaimRule rule;
  private final Rejections rejections;

  Claims(Shift shift, ClaimRule rule, Rejections rejections) {
    this.shift = shift;
    this.rule = rule;
    this.rejections = rejections;
  }

  /**
   * Claims the job: one conditional write where it is new.
   *
   * @param id the job; no one else in this process may be working on it
   */
  Claimed claim(JobId id, Delivery delivery, RenderRequest request) {
    Claim first = claimOf(id, Tries.NONE.next(), delivery, request);
    Optional<Job> inTheWay = shift.ledger().claimNew(first);
    for (int tries = 0; inTheWay.isPresent() && tries < TRIES; tries++) {
      Optional<Claimed> claimed = claim(inTheWay.get(), delivery, request);
      if (claimed.isPresent()) {
        return claimed.get();
      }
      inTheWay = shift.ledger().claimNew(first);
    }
    return inTheWay.isEmpty()
        ? new Claimed.ToStart(first)
        : new Claimed.Settled(new Disposal.Hide(AFTER_LOST_RACES));
  }

  /** Empty when another worker was faster. */
  private Optional<Claimed> claim(Job job, Delivery delivery, RenderRequest request) {
    return switch (decide(job, delivery, request)) {
      case ClaimDecision.Start(var tries) -> {
        Claim claim = claimOf(job.id(), tries, delivery, request);
        yield when(shift.ledger().claim(job, claim), new Claimed.ToStart(claim));
      }
      case ClaimDecision.Follow(var render) -> {
        Claim claim = takenOver(job, delivery, request);
        yield when(takeOver(job, delivery), new Claimed.ToFollow(claim, render));
      }
      case ClaimDecision.SeekOrphan _ -> {
        Claim claim = takenOver(job, delivery, request);
        Instant leftBy = leftBy(job);
        yield when(takeOver(job, delivery), new Claimed.ToSeek(claim, leftBy));
      }
      case ClaimDecision.Cancel _ ->
          when(cancel(job), new Claimed.Settled(new Disposal.Delete(job.id())));
      case ClaimDecision.LeaveAlone(var delay) -> settled(new Disposal.Hide(delay));
      case ClaimDecision.Acknowledge _ -> settled(new Disposal.Delete(job.id()));
      case ClaimDecision.DeadLetterAgain _ -> settled(rejections.deadLetterAgain(job));
      case ClaimDecision.Conflict _ -> settled(conflict(job, delivery));
    };
  }

  private ClaimDecision decide(Job job, Delivery delivery, RenderRequest request) {
    boolean alive = job.state().owner().filter(this::alive).isPresent();
    var arrival =
        new ClaimRule.Arrival(
            delivery.messageId(), request.fingerprint(), delivery.trail().receiveCount());
    return rule.decide(job, arrival, alive, shift.now());
  }

  /**
   * Jobs at work in this process never get here, so one that names this worker as its owner was
   * dropped by it.
   */
  private boolean alive(WorkerId owner) {
    Instant stale = shift.now().minus(rule.staleAfter());
    return !owner.equals(shift.me()) && shift.ports().registry().lastBeat(owner).isAfter(stale);
  }

  private boolean takeOver(Job job, Delivery delivery) {
    boolean done = shift.ledger().takeOver(job, shift.me(), delivery, shift.now());
    if (done) {
      shift.tell(new WorkerEvent.TakenOver());
    }
    return done;
  }

  /**
   * An owner that froze may have sent its start long after its claim, though not after it was
   * thought gone; those who took the job over since then have sent none.
   */
  private Instant leftBy(Job job) {
    return job.state().times().takenOver().orElseGet(shift::now);
  }

  private boolean cancel(Job job) {
    boolean done = shift.ledger().cancelled(job, shift.now());
    if (done) {
      shift.tell(new WorkerEvent.JobEnded(JobStatus.CANCELLED, Optional.empty()));
    }
    return done;
  }

  private Disposal conflict(Job job, Delivery delivery) {
    return rejections.reject(
        new Rejection(
            new JobId(delivery.messageId()),
            delivery,
            ErrorCode.JOB_ID_CONFLICT,
            List.of(
                new Violation(
                    "/jobId",
                    "the job %s has another request; send this one under a jobId of its own"
                        .formatted(job.id()))),
            shift.now()));
  }

  private Claim claimOf(JobId id, Tries tries, Delivery delivery, RenderRequest request) {
    return new Claim(
        new Ownership(id, shift.me(), tries.attempt()), tries, delivery, request, shift.now());
  }

  /** The claim of the gone owner's attempt, which goes on here. */
  private Claim takenOver(Job job, Delivery delivery, RenderRequest request) {
    Job.State state = job.state();
    return new Claim(
        new Ownership(job.id(), shift.me(), state.tries().attempt()),
        state.tries(),
        delivery,
        request,
        state.times().started().orElse(state.times().updated()));
  }

  private static Optional<Claimed> settled(Disposal disposal) {
    return Optional.of(new Claimed.Settled(disposal));
  }

  private static Optional<Claimed> when(boolean written, Claimed claimed) {
    return written ? Optional.of(claimed) : Optional.empty();
  }
}
