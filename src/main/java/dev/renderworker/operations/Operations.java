package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.time.InstantSource;

/**
 * What producers and operators may ask for, whichever way they come in.
 *
 * <p>Every method of this and of what it gives throws {@link ServiceUnavailableException} when a
 * service can't be reached or refuses.
 */
public final class Operations {
  private final OperationPorts ports;
  private final InstantSource clock;
  private final Intake intake;
  private final LostJobs lostJobs;
  private final DeadLetters deadLetters;
  private final Retries retries;

  /**
   * Wires everything; nothing is called yet.
   *
   * @param stop ends what takes long, between two steps
   */
  public Operations(OperationPorts ports, LostRule lostRule, InstantSource clock, StopSignal stop) {
    this.ports = ports;
    this.clock = clock;
    this.intake = new Intake(ports, clock);
    this.lostJobs = new LostJobs(ports.archive(), ports.queue(), lostRule, clock);
    this.deadLetters = new DeadLetters(ports.deadLetters(), ports.reader(), stop);
    this.retries = new Retries(ports, deadLetters, lostJobs, clock);
  }

  /** Where requests are submitted. */
  public Intake intake() {
    return intake;
  }

  /** The records of jobs and workers. */
  public JobArchive archive() {
    return ports.archive();
  }

  /** The queue of requests. */
  public RequestQueue queue() {
    return ports.queue();
  }

  /** The dead-letter queue. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /** The jobs that nobody will bring to their end. */
  public LostJobs lostJobs() {
    return lostJobs;
  }

  /** Asks for the end of a job that has not ended. */
  public CancelOutcome cancel(JobId jobId) {
    return ports.orders().cancel(jobId, clock.instant());
  }

  /**
   * Has a job tried again under its id, with a new round of attempts: one that has failed, was
   * rejected or cancelled, or is lost.
   *
   * @throws NoDeadLetterQueueException when only a dead letter could hold the request, and there is
   *     no such queue
   */
  public RetryOutcome retry(JobId jobId) {
    return retries.retry(jobId);
  }
}
