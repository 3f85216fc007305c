package dev.renderworker.worker;

import dev.renderworker.job.RenderHandle;

/** One attempt at a claimed job, from wherever it stands to its end. */
final class Attempts {
  private final Starter starter;
  private final Follower follower;
  private final Finisher finisher;

  Attempts(Starter starter, Follower follower, Finisher finisher) {
    this.starter = starter;
    this.follower = follower;
    this.finisher = finisher;
  }

  Disposal start(Claim claim) {
    return finish(claim, starter.start(claim));
  }

  Disposal seek(Claim claim) {
    return finish(claim, starter.seek(claim));
  }

  Disposal follow(Claim claim, RenderHandle render) {
    return finish(claim, follower.follow(claim, render));
  }

  Disposal finish(Claim claim, Ending ending) {
    return finisher.finish(claim, ending);
  }
}
