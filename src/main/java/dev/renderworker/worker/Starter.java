package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RetryBackoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gets a job its render: starts one, or finds the one whose start was never answered. */
final class Starter {
  private static final Logger log = LoggerFactory.getLogger(Starter.class);
  private static final Duration ORPHAN_INTERVAL = Duration.ofSeconds(5);

  /** How long a search that was refused waits; what refuses one mostly refuses the next too. */
  private static final RetryBackoff BLIND =
      new RetryBackoff(ORPHAN_INTERVAL, Duration.ofMinutes(2));

  /** In this time a launch shows in the bucket, unless Lambda delivers it late. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

  /** A start that comes later than this after its claim is noted in the record. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Shift shift;
  private final Follower follower;
  private final Throttle throttle;
  private final Gate gate;
  private final Heartbeat heartbeat;

  Starter(Shift shift, Follower follower, Throttle throttle, Gate gate, Heartbeat heartbeat) {
    this.shift = shift;
    this.follower = follower;
    this.throttle = throttle;
    this.gate = gate;
    this.heartbeat = heartbeat;
  }

  /** Starts the render and follows it. Throttling is waited out in place and costs nothing. */
  Ending start(Claim claimed) {
    Claim claim = claimed;
    for (var place = throttle.enter(); place.isPresent(); place = throttle.enter()) {
      try (Throttle.Place held = place.get()) {
        Optional<Claim> wanted = asOfNow(claim);
        if (wanted.isEmpty()) {
          return held.ended(new Ending.Cancelled("before a start"));
        }
        claim = wanted.get();
        Instant asked = shift.now();
        StartOutcome outcome = start(order(claim), claim.at());
        if (!(outcome instanceof StartOutcome.NotStarted(Failure.Throttled(var code, var why)))) {
          told(claim, outcome, asked, held);
          return held.ended(go(claim, outcome));
        }
        held.refused();
        log.info("Waiting in place: {}: {}", code, why);
      }
    }
    return notBegun();
  }

  /** A worker that freezes on the way there is asked once more when the request is to leave. */
  private StartOutcome start(RenderOrder order, Instant claimed) {
    return shift.ports().renderer().start(order, () -> heartbeat.trustedSince(claimed));
  }

  /** A worker that pauses puts back what it has not started, and keeps following the rest. */
  private Ending notBegun() {
    return gate.closedBy()
        .filter(_ -> !shift.stop().stopped())
        .<Ending>map(why -> new Ending.Failed(new Failure.OfEnvironment(why.code(), why.message())))
        .orElseGet(Ending.NeverBegun::new);
  }

  /**
   * How long a start's render may take to appear, or to end, is reckoned from the claim; throttling
   * can have kept the start waiting for longer. A worker that was frozen since the claim learns
   * here that the job has become another's, and starts nothing.
   *
   * @return empty when someone has asked for the job to be cancelled meanwhile
   */
  private Optional<Claim> asOfNow(Claim claim) {
    boolean trusted = heartbeat.trustedSince(claim.at());
    if (trusted && shift.now().isBefore(claim.at().plus(SOON))) {
      return Optional.of(claim);
    }
    if (!trusted) {
      shift.insist(heartbeat::beat);
    }
    Instant now = shift.now();
    boolean cancel = shift.insistOn(() -> shift.ledger().startingNow(claim.ownership(), now));
    return cancel ? Optional.empty() : Optional.of(claim.at(now));
  }

  private void told(Claim claim, StartOutcome outcome, Instant asked, Throttle.Place place) {
    switch (outcome) {
      case StartOutcome.Started _, StartOutcome.Finished _ -> {
        place.accepted();
        Instant received = claim.delivery().receipt().receivedAt();
        shift.tell(new WorkerEvent.Started(Duration.between(received, asked)));
      }
      case StartOutcome.NotAsked _, StartOutcome.NotStarted _ -> {}
    }
  }

  private Ending go(Claim claim, StartOutcome outcome) {
    return switch (outcome) {
      case StartOutcome.Started(var render) -> {
        rendering(claim, render);
        yield follower.follow(claim, render);
      }
      case StartOutcome.Finished(var render, var output) -> new Ending.Succeeded(render, output);
      case StartOutcome.NotAsked _ -> new Ending.NeverBegun();
      case StartOutcome.NotStarted(Failure.Uncertain uncertain) -> {
        log.warn(
            "{}: {} Looking for the render in the bucket", uncertain.code(), uncertain.message());
        yield seek(claim, shift.now());
      }
      case StartOutcome.NotStarted(var failure) -> new Ending.Failed(failure);
    };
  }

  /**
   * The render's id is written at once, before anything else: from here on a crash loses nothing.
   */
  private void rendering(Claim claim, RenderHandle render) {
    RenderLinks links = RenderLinks.of(render, claim.request());
    shift.insist(() -> shift.ledger().rendering(claim.ownership(), render, links, shift.now()));
    MDC.put("renderId", render.renderId());
    log.info("Rendering {}", claim.request().composition());
  }

  /**
   * Looks for the render of a start that was never answered, until none can appear any more.
   *
   * @param leftBy when that start had left for sure, if it did
   */
  Ending seek(Claim claim, Instant leftBy) {
    Duration wait = Duration.ZERO;
    int refusals = 0;
    while (!shift.stop().await(wait)) {
      switch (shift.ports().renderer().findOrphan(order(claim), claim.at(), leftBy)) {
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
        case OrphanSearch.NotYet _ -> {
          log.debug("No render of the unanswered start yet");
          refusals = 0;
        }
        case OrphanSearch.Unknown(var failure) -> {
          refusals++;
          if (refusals > 1 && failure instanceof Failure.OfJob) {
            return new Ending.Failed(failure);
          }
          refused(failure, refusals > 1);
        }
      }
      if (unwanted(claim, leftBy)) {
        return new Ending.Cancelled("its start was not answered; a render of it may run on");
      }
      wait = BLIND.ceiling(Math.max(1, refusals));
    }
    return new Ending.HandedOver();
  }

  /** Whether someone has asked for the job to be cancelled, and its render is not to be had. */
  private boolean unwanted(Claim claim, Instant leftBy) {
    if (shift.now().isBefore(leftBy.plus(SHOWN_WITHIN))) {
      return false;
    }
    try {
      return shift
          .ledger()
          .find(claim.ownership().jobId())
          .filter(Job::cancelRequested)
          .isPresent();
    } catch (ServiceUnavailableException e) {
      log.info("Looking on: {}", e.getMessage());
      return false;
    }
  }

  /**
   * What keeps this worker from seeing the bucket keeps it from starting renders too. A session
   * that has just ended does so once.
   */
  private void refused(Failure failure, boolean again) {
    log.warn("Could not look for the render: {}: {}", failure.code(), failure.message());
    if (again && failure instanceof Failure.OfEnvironment) {
      gate.close(failure);
    }
  }

  private static RenderOrder order(Claim claim) {
    return new RenderOrder(claim.ownership(), claim.request());
  }
}
