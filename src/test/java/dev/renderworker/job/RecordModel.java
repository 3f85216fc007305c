package dev.renderworker.job;

import java.time.Instant;
import java.util.Optional;

/** One job's record, every write under the condition that the job table puts on it. */
final class RecordModel {
  static final JobId ID = new JobId("job");

  private boolean exists;
  private JobStatus status = JobStatus.QUEUED;
  private Tries tries = Tries.NONE;
  private Optional<WorkerId> owner = Optional.empty();
  private Optional<Instant> retryAt = Optional.empty();
  private Optional<Instant> startedAt = Optional.empty();
  private Instant updatedAt = Instant.EPOCH;
  private boolean deadLettered;
  private Optional<String> messageId = Optional.empty();
  private Optional<String> fingerprint = Optional.empty();
  private Optional<RenderHandle> render = Optional.empty();
  private boolean cancelRequested;
  private Optional<Job.LastError> lastError = Optional.empty();

  /** The record as a worker reads it; empty when there is none. */
  Optional<Job> job() {
    return exists
        ? Optional.of(
            new Job(
                ID,
                new Job.State(
                    status,
                    tries,
                    owner,
                    new Job.Times(updatedAt, startedAt, Optional.empty(), retryAt),
                    deadLettered),
                messageId,
                fingerprint,
                render,
                cancelRequested,
                lastError))
        : Optional.empty();
  }

  void claim(Hold hold, Instant now) {
    cancelRequested = cancelRequested && !status.isFinal();
    exists = true;
    tries = hold.tries();
    owner = Optional.of(hold.own().owner());
    messageId = Optional.of(hold.message().id());
    fingerprint = Optional.of(hold.message().fingerprint());
    render = Optional.empty();
    retryAt = Optional.empty();
    deadLettered = false;
    startedAt = Optional.of(now);
    become(JobStatus.STARTING, now);
  }

  void takeOver(Hold hold, Instant now) {
    owner = Optional.of(hold.own().owner());
    messageId = Optional.of(hold.message().id());
    updatedAt = now;
  }

  /** Whether the job is that worker's, at that attempt. */
  boolean belongsTo(Ownership own) {
    return owner.equals(Optional.of(own.owner())) && tries.attempt() == own.attempt();
  }

  void startingNow(Instant now) {
    startedAt = Optional.of(now);
    updatedAt = now;
  }

  void rendering(RenderHandle id, Instant now) {
    render = Optional.of(id);
    become(JobStatus.RENDERING, now);
  }

  void end(JobStatus end, Instant now) {
    owner = Optional.empty();
    become(end, now);
  }

  void failed(JobStatus end, Failure failure, Instant now) {
    lastError = Optional.of(new Job.LastError(failure.code(), failure.message()));
    end(end, now);
  }

  void retrying(Failure failure, NextStep.Retry retry, Instant now) {
    if (!retry.charged()) {
      tries = new Tries(tries.attempt(), tries.earlier() + 1, tries.uncharged() + 1);
    }
    retryAt = Optional.of(retry.at());
    failed(JobStatus.RETRYING, failure, now);
  }

  void putBack(Instant now) {
    tries = new Tries(tries.attempt() - 1, tries.earlier(), tries.uncharged());
    startedAt = Optional.empty();
    end(tries.inRound() > 0 ? JobStatus.RETRYING : JobStatus.QUEUED, now);
  }

  void release(Instant now) {
    end(status, now);
  }

  void deadLettered(Message message) {
    deadLettered = messageId.equals(Optional.of(message.id())) || deadLettered;
  }

  /** An operator's wish holds for a job that has not ended. */
  void askForCancel() {
    cancelRequested = cancelRequested || (exists && !status.isFinal());
  }

  private void become(JobStatus next, Instant now) {
    status = next;
    updatedAt = now;
  }
}
