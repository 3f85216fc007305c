package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RetryBackoff;
import dev.renderworker.job.RetryRule;
import dev.renderworker.worker.WorkerEvent.AttemptEnded;
import dev.renderworker.worker.WorkerEvent.AttemptEnded.How;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes how an attempt ended, and says what is to become of its message. */
final class Finisher {
  private static final Logger log = LoggerFactory.getLogger(Finisher.class);

  /**
   * When a job that could not be started for the environment's sake comes back: later each time, so
   * that a long outage does not use up the queue's {@code maxReceiveCount}.
   */
  private static final RetryBackoff PUT_BACK =
      new RetryBackoff(Duration.ofSeconds(30), Duration.ofMinutes(15));

  private final Shift shift;
  private final RetryRule rule;
  private final Rejections rejections;
  private final Gate gate;

  Finisher(Shift shift, RetryRule rule, Rejections rejections, Gate gate) {
    this.shift = shift;
    this.rule = rule;
    this.rejections = rejections;
    this.gate = gate;
  }

  /** Writes the ending to the record first; the message follows. */
  Disposal finish(Claim claim, Ending ending) {
    Ownership own = claim.ownership();
    Instant now = shift.now();
    return switch (ending) {
      case Ending.Succeeded(var render, var output) -> {
        shift.insist(() -> shift.ledger().succeeded(own, render, output, now));
        told(How.SUCCEEDED, JobStatus.SUCCEEDED, Optional.empty());
        shift.tell(new WorkerEvent.Rendered(claim.request().type(), output.work(), shift.now()));
        log.info("Succeeded in {} s: {}", elapsed(claim), output.location().url());
        yield new Disposal.Delete(own.jobId());
      }
      case Ending.Cancelled(var note) -> {
        shift.insist(() -> shift.ledger().cancelled(own, note, now));
        told(How.CANCELLED, JobStatus.CANCELLED, Optional.empty());
        log.info("Cancelled after {} s {}", elapsed(claim), note);
        yield new Disposal.Delete(own.jobId());
      }
      case Ending.NeverBegun _ ->
          putBack(claim, Optional.empty(), "worker stopping", Duration.ZERO);
      case Ending.HandedOver _ -> {
        shift.ledger().release(own, now);
        shift.tell(new AttemptEnded(How.HANDED_OVER, Optional.empty()));
        log.info("Handed over while rendering");
        yield new Disposal.Hide(Duration.ZERO);
      }
      case Ending.Failed failed -> failed(claim, failed);
    };
  }

  private Disposal failed(Claim claim, Ending.Failed ending) {
    Failure failure = ending.failure();
    Instant receivedAt = claim.delivery().receipt().receivedAt();
    return switch (rule.after(failure, claim.tries(), receivedAt, shift.now(), shift.random())) {
      case NextStep.Retry retry -> retry(claim, failure, retry);
      case NextStep.GiveUp _ -> giveUp(claim, ending);
      case NextStep.PutBack _ -> {
        gate.close(failure);
        Duration delay = PUT_BACK.ceiling(claim.delivery().trail().receiveCount());
        yield putBack(
            claim, Optional.of(failure.code()), failure.code() + ": " + failure.message(), delay);
      }
    };
  }

  private Disposal retry(Claim claim, Failure failure, NextStep.Retry retry) {
    shift.insist(() -> shift.ledger().retrying(claim.ownership(), failure, retry, shift.now()));
    shift.tell(new AttemptEnded(How.RETRYING, Optional.of(failure.code())));
    // The write can have taken a while, and the message can't be hidden beyond its 12 hours.
    Duration left = Duration.between(shift.now(), retry.at());
    Duration delay = left.isNegative() ? Duration.ZERO : left;
    log.warn("{}: {} Trying again in {} s", failure.code(), failure.message(), delay.toSeconds());
    return new Disposal.Hide(delay);
  }

  private Disposal giveUp(Claim claim, Ending.Failed ending) {
    Failure failure = ending.failure();
    shift.insist(() -> shift.ledger().failed(claim.ownership(), failure, shift.now()));
    told(How.FAILED, JobStatus.FAILED, Optional.of(failure.code()));
    log.warn(
        "Failed after {} s, dead-lettered as {}: {}",
        elapsed(claim),
        failure.code(),
        failure.message());
    Optional<String> renderId = ending.render().map(RenderHandle::renderId);
    return rejections.deadLetter(claim, renderId, failure);
  }

  private Disposal putBack(Claim claim, Optional<ErrorCode> code, String note, Duration delay) {
    shift.ledger().putBack(claim.ownership(), claim.tries().earlier(), note, shift.now());
    shift.tell(new AttemptEnded(How.PUT_BACK, code));
    log.info("Put back, nothing charged: {}", note);
    return new Disposal.Hide(delay);
  }

  private void told(How how, JobStatus status, Optional<ErrorCode> code) {
    shift.tell(new AttemptEnded(how, code));
    shift.tell(new WorkerEvent.JobEnded(status, code));
  }

  private String elapsed(Claim claim) {
    return "%.1f".formatted(Duration.between(claim.at(), shift.now()).toMillis() / 1000.0);
  }
}
