package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Says that this worker is alive, and knows for how long no other can have taken it for gone. What
 * it claimed before a beat that came too late may be another's by now; only the record tells.
 */
final class Heartbeat {
  /** This part of the time after which a worker counts as gone, for clocks and wire. */
  private static final int SPARED = 4;

  private final Shift shift;
  private final Followed followed;
  private final InFlight inFlight;
  private final Gate gate;
  private final Duration trust;
  private Instant trustedSince = Instant.MIN;
  private Instant trustedUntil = Instant.MIN;

  /**
   * One that has yet to begin.
   *
   * @param staleAfter how long after its last beat a worker counts as gone
   */
  Heartbeat(Shift shift, Followed followed, InFlight inFlight, Gate gate, Duration staleAfter) {
    this.shift = shift;
    this.followed = followed;
    this.inFlight = inFlight;
    this.gate = gate;
    this.trust = staleAfter.minus(staleAfter.dividedBy(SPARED));
  }

  /**
   * Beats, and tells of the jobs that people want cancelled.
   *
   * @throws ServiceUnavailableException when the workers table refuses
   */
  void beat() {
    var sign = new SignOfLife(shift.now(), inFlight.size(), gate.closedBy());
    Set<JobId> cancelled = shift.ports().registry().beat(shift.me(), sign);
    trust(sign.at());
    cancelled.forEach(followed::hear);
  }

  private synchronized void trust(Instant beaten) {
    Instant now = shift.now();
    if (!now.isBefore(trustedUntil)) {
      trustedSince = now;
    }
    Instant until = beaten.plus(trust);
    trustedUntil = until.isAfter(trustedUntil) ? until : trustedUntil;
  }

  /** Whether all others must have thought this worker alive since then, and do now. */
  synchronized boolean trustedSince(Instant then) {
    return !then.isBefore(trustedSince) && shift.now().isBefore(trustedUntil);
  }
}
