package dev.renderworker.job;

import java.time.Instant;

/** A message of the model's queue. */
final class Message {
  private final String id;
  private final String fingerprint;
  private int receives;
  private Instant receivedAt = Instant.EPOCH;
  private boolean gone;

  Message(String id, String fingerprint) {
    this.id = id;
    this.fingerprint = fingerprint;
  }

  ClaimRule.Arrival arrive(Instant now) {
    receives++;
    receivedAt = now;
    return new ClaimRule.Arrival(id, fingerprint, receives);
  }

  String id() {
    return id;
  }

  String fingerprint() {
    return fingerprint;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  /** Deleted; it can still be delivered once more. */
  void delete() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }
}
