package dev.renderworker.local.crash;

import com.google.errorprone.annotations.Immutable;

/**
 * How a job ended, and what that took.
 *
 * @param status the record's
 * @param starts how many renders were launched
 * @param attempts what the record says
 * @param deadLetters how many lie in the dead-letter queue
 */
@Immutable
record Cost(String status, int starts, int attempts, int deadLetters) {

  static Cost succeeded(int starts, int attempts) {
    return new Cost("SUCCEEDED", starts, attempts, 0);
  }

  static Cost failed(int deadLetters) {
    return new Cost("FAILED", 1, 1, deadLetters);
  }

  static Cost cancelled() {
    return new Cost("CANCELLED", 1, 1, 0);
  }

  static Cost rejected(int deadLetters) {
    return new Cost("REJECTED", 0, 0, deadLetters);
  }
}
