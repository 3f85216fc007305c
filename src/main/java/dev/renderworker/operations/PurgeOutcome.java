package dev.renderworker.operations;

/** What purging dead letters gave. */
public sealed interface PurgeOutcome {
  /** So many were deleted, one by one. */
  record Deleted(int letters) implements PurgeOutcome {}

  /**
   * SQS has begun to delete all, and is done within a minute.
   *
   * @param letters about how many there are
   */
  record Deleting(long letters) implements PurgeOutcome {}
}
