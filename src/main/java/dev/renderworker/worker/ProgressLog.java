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
 * Each write also tells whether someone has asked for the job to be cancelled. A heartbeat tells of
 * that too, and sooner; where it gets lost and the render stands still, the record is read.
 */
final class ProgressLog {
  private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
  private static final double STEP = 0.05;
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration STANDSTILL = Duration.ofSeconds(30);

  /** A render that can be cancelled ends in about a second (Remotion Lambda protocol, 7). */
  private static final Duration CANCEL_TAKES = Duration.ofSeconds(30);

  private final Shift shift;
  private final Ownership ownership;
  private final RenderHandle render;

  /** The rest is guarded by this: a heartbeat can come while the render is looked at. */
  private double seen;

  private double written;
  private Instant writtenAt;
  private Instant askedAt;
  private boolean cancelled;
  private Optional<Instant> cancelAsked = Optional.empty();

  ProgressLog(Shift shift, Ownership ownership, RenderHandle render) {
    this.shift = shift;
    this.ownership = ownership;
    this.render = render;
    this.writtenAt = shift.now();
    this.askedAt = writtenAt;
  }

  /** The furthest progress seen: what the function reports can fall when it repeats a chunk. */
  synchronized double progress() {
    return seen;
  }

  RenderHandle render() {
    return render;
  }

  /** Whether the render was asked to end, and did not refuse. */
  synchronized boolean cancelled() {
    return cancelled;
  }

  /**
   * Whether the render was to end and should have by now: it was started so that it can't be
   * cancelled, or is about to end by itself, or the bucket takes no word from here.
   */
  synchronized boolean runsOn() {
    return cancelAsked.filter(at -> shift.now().isAfter(at.plus(CANCEL_TAKES))).isPresent();
  }

  /** Takes note of a progress, 0 to 1. */
  synchronized void saw(double progress) {
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

  /** Someone may have asked for the job to be cancelled: the record knows. */
  synchronized void heedRecord() {
    try {
      heed(cancelRequested());
    } catch (FencedException | ServiceUnavailableException e) {
      // The one who follows the render hears of the first by itself, and reads the record again.
      log.info("Not cancelled now: {}", e.getMessage());
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
      cancelAsked = cancelAsked.or(() -> Optional.of(shift.now()));
      var refused = shift.ports().renderer().cancel(render);
      cancelled = refused.isEmpty();
      refused.ifPresent(
          failure -> log.warn("Could not cancel: {}: {}", failure.code(), failure.message()));
    }
  }
}
