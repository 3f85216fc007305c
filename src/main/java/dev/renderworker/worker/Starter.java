package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gets a job its render: starts one, or finds the one whose start was never answered. */
final class Starter {
  private static final Logger log = LoggerFactory.getLogger(Starter.class);
  private static final RetryBackoff THROTTLE_BACKOFF =
      new RetryBackoff(Duration.ofSeconds(2), Duration.ofSeconds(60));
  private static final Duration ORPHAN_INTERVAL = Duration.ofSeconds(5);

  /** A start that comes later than this after its claim is noted in the record. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Shift shift;
  private final Follower follower;

  Starter(Shift shift, Follower follower) {
    this.shift = shift;
    this.follower = follower;
  }

  /** Starts the render and follows it. Throttling is waited out in place and costs nothing. */
  Ending start(Claim claimed) {
    Claim claim = claimed;
    Duration wait = Duration.ZERO;
    for (int tries = 1; !shift.stop().await(wait); tries++) {
      claim = asOfNow(claim);
      Instant asked = shift.now();
      StartOutcome outcome = shift.ports().renderer().start(order(claim));
      if (!(outcome instanceof StartOutcome.NotStarted(Failure.Throttled(var code, var why)))) {
        return go(claim, outcome, asked);
      }
      log.info("Waiting in place: {}: {}", code, why);
      wait = THROTTLE_BACKOFF.after(tries, shift.random());
    }
    return new Ending.NeverBegun();
  }

  /**
   * How long a start's render may take to appear, or to end, is reckoned from the claim; throttling
   * can have kept the start waiting for longer. A worker that was frozen since the claim learns
   * here that the job has become another's, and starts nothing.
   */
  private Claim asOfNow(Claim claim) {
    Instant now = shift.now();
    if (now.isBefore(claim.at().plus(SOON))) {
      return claim;
    }
    shift.insist(() -> shift.ledger().startingNow(claim.ownership(), now));
    return claim.at(now);
  }

  private Ending go(Claim claim, StartOutcome outcome, Instant asked) {
    if (!(outcome instanceof StartOutcome.NotStarted)) {
      Instant received = claim.delivery().receipt().receivedAt();
      shift.tell(new WorkerEvent.Started(Duration.between(received, asked)));
    }
    return switch (outcome) {
      case StartOutcome.Started(var render) -> {
        rendering(claim, render);
        yield follower.follow(claim, render);
      }
      case StartOutcome.Finished(var render, var output) -> new Ending.Succeeded(render, output);
      case StartOutcome.NotStarted(Failure.Uncertain uncertain) -> {
        log.warn(
            "{}: {} Looking for the render in the bucket", uncertain.code(), uncertain.message());
        yield seek(claim);
      }
      case StartOutcome.NotStarted(var failure) -> new Ending.Failed(failure);
    };
  }

  /**
   * The render's id is written at once, before anything else: from here on a crash loses nothing.
   */
  private void rendering(Claim claim, RenderHandle render) {
    shift.insist(() -> shift.ledger().rendering(claim.ownership(), render, shift.now()));
    MDC.put("renderId", render.renderId());
    log.info("Rendering {}", claim.request().composition());
  }

  /** Looks for the render of a start that was never answered, until none can appear any more. */
  Ending seek(Claim claim) {
    Duration wait = Duration.ZERO;
    while (!shift.stop().await(wait)) {
      switch (shift.ports().renderer().findOrphan(order(claim), claim.at())) {
        case OrphanSearch.Found(var render) -> {
          shift.tell(new WorkerEvent.OrphanAdopted());
          log.info("Adopted render {} of an unanswered start", render.renderId());
          rendering(claim, render);
          return follower.followOn(claim, render);
        }
        case OrphanSearch.None _ -> {
          return new Ending.Failed(
              new Failure.OfJob(
                  ErrorCode.START_UNCERTAIN, "The start was not answered and left no render."));
        }
        case OrphanSearch.NotYet _ -> log.debug("No render of the unanswered start yet");
        case OrphanSearch.Unknown(var failure) ->
            log.warn("Could not look for the render: {}: {}", failure.code(), failure.message());
      }
      wait = ORPHAN_INTERVAL;
    }
    return new Ending.HandedOver();
  }

  private static RenderOrder order(Claim claim) {
    return new RenderOrder(claim.ownership(), claim.request());
  }
}
