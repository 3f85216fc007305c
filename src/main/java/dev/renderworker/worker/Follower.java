package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.RenderHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a render to its end. */
final class Follower {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);

  private final Shift shift;
  private final PollPace pace;
  private final Vitals vitals;

  Follower(Shift shift, PollPace pace, Vitals vitals) {
    this.shift = shift;
    this.pace = pace;
    this.vitals = vitals;
  }

  /**
   * Looks at the render until it has ended.
   *
   * @throws FencedException when the job was taken over meanwhile
   */
  Ending follow(Claim claim, RenderHandle render) {
    vitals.followingMore();
    try {
      return lookUntilEnded(claim, render);
    } finally {
      vitals.followingLess();
    }
  }

  private Ending lookUntilEnded(Claim claim, RenderHandle render) {
    var noted = new ProgressLog(shift, claim.ownership(), render);
    Instant began = shift.now();
    Duration wait = pace.next(0, pace.shortest(), shift.random());
    while (!shift.stop().await(wait)) {
      vitals.looked();
      switch (shift.ports().renderer().look(render, claim.at())) {
        case Sighting.Running(var progress) -> noted.saw(progress);
        case Sighting.Done(var output) -> {
          return new Ending.Succeeded(render, output);
        }
        case Sighting.Ended(var failure) -> {
          boolean asked = noted.cancelled() || cancelAskedFor(claim, failure);
          return asked ? new Ending.Cancelled() : new Ending.Failed(failure, Optional.of(render));
        }
        case Sighting.Unseen(var failure) -> unseen(failure);
      }
      Duration elapsed = Duration.between(began, shift.now());
      wait = pace.next(noted.progress(), elapsed, shift.random());
    }
    return new Ending.HandedOver();
  }

  private static void unseen(Failure failure) {
    log.info("Could not see the render: {}: {}", failure.code(), failure.message());
  }

  /** A cancelled render looks like a failed one: the record says whether someone asked for it. */
  private boolean cancelAskedFor(Claim claim, Failure.OfJob failure) {
    return failure.code() == ErrorCode.RENDER_CANCELLED
        && shift.ledger().find(claim.ownership().jobId()).map(Job::cancelRequested).orElse(false);
  }
}
