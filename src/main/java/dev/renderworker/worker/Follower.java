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
  private final Followed followed;
  private final RenderLengths lengths = new RenderLengths();

  Follower(Shift shift, PollPace pace, Vitals vitals, Followed followed) {
    this.shift = shift;
    this.pace = pace;
    this.vitals = vitals;
    this.followed = followed;
  }

  /**
   * Looks at a render that has just been started until it has ended.
   *
   * @throws FencedException when the job was taken over meanwhile
   */
  Ending follow(Claim claim, RenderHandle render) {
    Duration wait = pace.first(lengths.expected(claim.request()), shift.random());
    return follow(claim, render, Course.fromStart(), wait);
  }

  /**
   * The same for a render that someone else has started, which may have ended by now.
   *
   * @throws FencedException when the job was taken over meanwhile
   */
  Ending followOn(Claim claim, RenderHandle render) {
    return follow(claim, render, Course.joined(), Duration.ZERO);
  }

  private Ending follow(Claim claim, RenderHandle render, Course course, Duration firstWait) {
    var noted = new ProgressLog(shift, claim.ownership(), render);
    vitals.followingMore();
    followed.begin(claim.ownership().jobId(), noted);
    try {
      return lookUntilEnded(claim, noted, course, firstWait);
    } finally {
      followed.end(claim.ownership().jobId(), noted);
      vitals.followingLess();
    }
  }

  private Ending lookUntilEnded(Claim claim, ProgressLog noted, Course course, Duration firstWait) {
    RenderHandle render = noted.render();
    Instant began = shift.now();
    Duration wait = firstWait;
    while (!shift.stop().await(wait)) {
      vitals.looked();
      Sighting sighting = look(claim, render);
      Duration elapsed = Duration.between(began, shift.now());
      switch (sighting) {
        case Sighting.Running(var progress, var shares) -> {
          noted.saw(progress);
          course.saw(elapsed, shares);
        }
        case Sighting.Done(var output) -> {
          lengths.succeeded(claim.request(), elapsed, course);
          return new Ending.Succeeded(render, output);
        }
        case Sighting.Ended(var failure) -> {
          boolean asked = noted.cancelled() || cancelAskedFor(claim, failure);
          return asked ? new Ending.Cancelled("") : new Ending.Failed(failure, Optional.of(render));
        }
        case Sighting.Unseen(var failure) -> unseen(failure);
      }
      if (noted.runsOn()) {
        return new Ending.Cancelled("the render did not end when asked, and runs on");
      }
      wait = pace.next(course, elapsed, shift.random());
    }
    return new Ending.HandedOver();
  }

  /** An earlier attempt of the job that was thought lost may have rendered it after all. */
  private Sighting look(Claim claim, RenderHandle render) {
    Renderer renderer = shift.ports().renderer();
    RenderOrder order = new RenderOrder(claim.ownership(), claim.request());
    Sighting seen = renderer.look(order, render, claim.at());
    return seen instanceof Sighting.Ended(var failure) && failure.code() == ErrorCode.OUTPUT_EXISTS
        ? renderer.earlierOutput(order, render, failure)
        : seen;
  }

  /** At a stop, thousands of looks can end like this. */
  private void unseen(Failure failure) {
    if (!shift.stop().stopped()) {
      log.info("Could not see the render: {}: {}", failure.code(), failure.message());
    }
  }

  /** A cancelled render looks like a failed one: the record says whether someone asked for it. */
  private boolean cancelAskedFor(Claim claim, Failure.OfJob failure) {
    return failure.code() == ErrorCode.RENDER_CANCELLED
        && shift.ledger().find(claim.ownership().jobId()).map(Job::cancelRequested).orElse(false);
  }
}
