package dev.renderworker.operations;

/** What redriving dead letters gave. */
public sealed interface RedriveOutcome {
  /** So many were sent again, one by one. */
  record Moved(int letters) implements RedriveOutcome {}

  /**
   * SQS has begun to move all, and goes on by itself.
   *
   * @param letters about how many there are
   */
  record Moving(long letters) implements RedriveOutcome {}
}
