package dev.renderworker.worker;

import dev.renderworker.job.RenderHandle;
import java.time.Instant;
import java.util.function.Supplier;

/** One attempt at a claimed job, from wherever it stands to its end. */
final class Attempts {
  private final Shift shift;
  private final Starter starter;
  private final Follower follower;
  private final Finisher finisher;
  private final Throttle throttle;

  Attempts(Shift shift, Starter starter, Follower follower, Finisher finisher, Throttle throttle) {
    this.shift = shift;
    this.throttle = throttle;
    this.starter = starter;
    this.follower = follower;
    this.finisher = finisher;
  }

  Disposal start(Claim claim) {
    return toEnd(claim, () -> starter.start(claim));
  }

  Disposal seek(Claim claim, Instant leftBy) {
    return toEnd(claim, () -> running(() -> starter.seek(claim, leftBy)));
  }

  Disposal follow(Claim claim, RenderHandle render) {
    return toEnd(claim, () -> running(() -> follower.followOn(claim, render)));
  }

  private Ending running(Supplier<Ending> work) {
    try (Throttle.Place place = throttle.join()) {
      return place.ended(work.get());
    }
  }

  Disposal end(Claim claim, Ending ending) {
    return toEnd(claim, () -> ending);
  }

  /**
   * An attempt that this worker drops must not stay its own: the other workers would leave it alone
   * for as long as this one lives.
   */
  private Disposal toEnd(Claim claim, Supplier<Ending> work) {
    try {
      return finisher.finish(claim, work.get());
    } catch (FencedException e) {
      throw e;
    } catch (RuntimeException e) {
      release(claim, e);
      throw e;
    }
  }

  private void release(Claim claim, RuntimeException cause) {
    try {
      shift.ledger().release(claim.ownership(), shift.now());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
