package dev.renderworker.worker;

import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a render's progress to the record, coarsely: when it has moved by 5 % and 5 s have passed.
 * Each write also tells whether someone has asked for the job to be cancelled.
 */
final class ProgressLog {
  private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);
  private static final double STEP = 0.05;
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Shift shift;
  private final Ownership ownership;
  private final RenderHandle render;

  /** The rest belongs to the one thread that follows the render. */
  private double seen;

  private double written;
  private Instant writtenAt;
  private boolean cancelAsked;

  ProgressLog(Shift shift, Ownership ownership, RenderHandle render) {
    this.shift = shift;
    this.ownership = ownership;
    this.render = render;
    this.writtenAt = shift.now();
  }

  /** The furthest progress seen: what the function reports can fall when it repeats a chunk. */
  double progress() {
    return seen;
  }

  /** Takes note of a progress, 0 to 1. */
  void saw(double progress) {
    seen = Math.max(seen, progress);
    Instant now = shift.now();
    if (seen - written >= STEP && Duration.between(writtenAt, now).compareTo(INTERVAL) >= 0) {
      write(now);
    }
  }

  private void write(Instant now) {
    try {
      boolean cancelRequested = shift.ledger().progress(ownership, seen, now);
      written = seen;
      writtenAt = now;
      if (cancelRequested && !cancelAsked) {
        cancel();
      }
    } catch (ServiceUnavailableException e) {
      // The next step forward is written instead.
      log.info("Progress not recorded: {}", e.getMessage());
    }
  }

  private void cancel() {
    var refused = shift.ports().renderer().cancel(render);
    cancelAsked = refused.isEmpty();
    refused.ifPresent(
        failure -> log.warn("Could not cancel: {}: {}", failure.code(), failure.message()));
  }
}
