package dev.renderworker.cli;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, for people: in its largest unit. */
final class Ago {
  private Ago() {}

  static String text(Instant then, Instant now) {
    Duration ago = Duration.between(then, now);
    if (ago.toSeconds() < 1) {
      return "now";
    }
    if (ago.toMinutes() < 1) {
      return ago.toSeconds() + " s ago";
    }
    if (ago.toHours() < 1) {
      return ago.toMinutes() + " min ago";
    }
    return ago.toDays() < 1 ? ago.toHours() + " h ago" : ago.toDays() + " d ago";
  }
}
