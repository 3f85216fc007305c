package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.ServiceUnavailableException;
import java.util.List;
import java.util.OptionalInt;

/**
 * The dead-letter queue, as operators work on it.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the queue can't be reached or
 * refuses, and {@link NoDeadLetterQueueException} when there is none.
 */
public interface DeadLetterQueue {
  /** How full it is. */
  QueueState state();

  /**
   * Takes the next letters out of sight, for long enough to look through the queue. A FIFO queue
   * shows the first ten letters of a group, and the others when those are gone.
   *
   * @return up to 10; none when there are no more
   */
  List<Letter> take();

  /** Lets the letters be seen again. */
  void putBack(List<Letter> letters);

  /** Deletes a letter. */
  void delete(Letter letter);

  /**
   * Sends a letter's body to the queue of requests, byte for byte, as a message of the job; then
   * deletes the letter.
   */
  void resend(Letter letter, JobId jobId);

  /**
   * Has SQS move all letters to the queue of requests; it goes on when this has returned.
   *
   * @param perSecond how many at most, 1 to 500; empty for as fast as SQS can
   */
  void moveAll(OptionalInt perSecond);

  /** Has SQS delete all letters, which takes it up to a minute. */
  void purge();
}
