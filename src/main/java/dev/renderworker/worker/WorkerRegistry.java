package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Set;

/**
 * The workers table: who is alive.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the table can't be reached or
 * refuses.
 */
public interface WorkerRegistry {

  /**
   * Says that the worker is alive, and how it is.
   *
   * @return its jobs that people have asked to be cancelled since; each is told at least once
   */
  Set<JobId> beat(WorkerId worker, SignOfLife sign);

  /** When the worker last said that it is alive; {@link Instant#MIN} when it never did or left. */
  Instant lastBeat(WorkerId worker);

  /** The worker leaves: its jobs may be taken over at once. */
  void leave(WorkerId worker);
}
