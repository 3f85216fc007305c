package dev.renderworker.worker;

import dev.renderworker.job.Job;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a render's progress to the record, coarsely: when it has moved by 5 % and 5 s have passed.
 * Each write also tells whether someone has asked for the job to be cancelled; where the render
 * stands still, the record is read for that, for such a render is the likeliest to be cancelled.
 */
final class ProgressLog {
  private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
  private static final double STEP = 0.05;
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  private final Shift shift;
  private final Ownership ownership;
  private final RenderHandle render;

  /** The rest belongs to the one thread that follows the render. */
  private double seen;

  private double written;
  private Instant writtenAt;
  private Instant askedAt;
  private boolean cancelled;

  ProgressLog(Shift shift, Ownership ownership, RenderHandle render) {
    this.shift = shift;
    this.ownership = ownership;
    this.render = render;
    this.writtenAt = shift.now();
    this.askedAt = writtenAt;
  }

  /** The furthest progress seen: what the function reports can fall when it repeats a chunk. */
  double progress() {
    return seen;
  }

  /** Whether the render was asked to end, and did not refuse. */
  boolean cancelled() {
    return cancelled;
  }

  /** Takes note of a progress, 0 to 1. */
  void saw(double progress) {
    seen = Math.max(seen, progress);
    Instant now = shift.now();
    try {
      if (seen - written >= STEP && !now.isBefore(writtenAt.plus(INTERVAL))) {
        heed(shift.ledger().progress(ownership, seen, now));
        written = seen;
        writtenAt = now;
        askedAt = now;
      } else if (!now.isBefore(askedAt.plus(STANDSTILL))) {
        askedAt = now;
        heed(cancelRequested());
      }
    } catch (ServiceUnavailableException e) {
      // The next step forward is written instead.
      log.info("Progress not recorded: {}", e.getMessage());
    }
  }

  /** A worker that was frozen learns here that the job has become another's. */
  private boolean cancelRequested() {
    Optional<Job> job = shift.ledger().find(ownership.jobId());
    if (job.isPresent() && !job.get().isHeldBy(ownership)) {
      throw new FencedException(ownership);
    }
    return job.isPresent() && job.get().cancelRequested();
  }

  private void heed(boolean cancelRequested) {
    if (cancelRequested && !cancelled) {
      var refused = shift.ports().renderer().cancel(render);
      cancelled = refused.isEmpty();
      refused.ifPresent(
          failure -> log.warn("Could not cancel: {}: {}", failure.code(), failure.message()));
    }
  }
}
