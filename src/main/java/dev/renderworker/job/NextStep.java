package dev.renderworker.job;

import java.time.Instant;

/** What becomes of a job whose attempt did not end in an output. */
public sealed interface NextStep {

  /**
   * Try again at that instant, as a new attempt.
   *
   * @param charged whether the failed attempt counts towards the round's maximum
   */
  record Retry(Instant at, boolean charged) implements NextStep {}

  /** The job is over: dead-letter its message. */
  record GiveUp() implements NextStep {}

  /** Nothing was started and nothing is charged: put the job back as it was. */
  record PutBack() implements NextStep {}
}
