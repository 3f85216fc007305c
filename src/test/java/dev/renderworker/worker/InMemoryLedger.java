package dev.renderworker.worker;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The job table in memory, every write under the condition that {@link JobLedger} names. */
final class InMemoryLedger implements JobLedger {
  private final Map<JobId, Row> rows = new HashMap<>();
  private final Journal journal;

  InMemoryLedger(Journal journal) {
    this.journal = journal;
  }

  private static final class Row {
    private final JobId id;
    private JobStatus status = JobStatus.QUEUED;
    private Tries tries = Tries.NONE;
    private Optional<WorkerId> owner = Optional.empty();
    private Optional<Instant> retryAt = Optional.empty();
    private Instant updatedAt = TestTime.START;
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> takenOverAt = Optional.empty();
    private boolean deadLettered;
    private Optional<String> messageId = Optional.empty();
    private Optional<String> fingerprint = Optional.empty();
    private Optional<RenderHandle> render = Optional.empty();
    private boolean cancelRequested;
    private Optional<Job.LastError> lastError = Optional.empty();
    private long version;

    Row(JobId id) {
      this.id = id;
    }

    Job toJob() {
      return new Job(
          id,
          new Job.State(
              status,
              tries,
              owner,
              new Job.Times(updatedAt, startedAt, takenOverAt, retryAt),
              deadLettered),
          messageId,
          fingerprint,
          render,
          cancelRequested,
          lastError);
    }

    private void now(JobStatus next, Instant at) {
      status = next;
      updatedAt = at;
      version++;
    }

    private void end(JobStatus next, Instant at) {
      owner = Optional.empty();
      now(next, at);
    }

    private void erred(ErrorCode code, String message) {
      lastError = Optional.of(new Job.LastError(code, message));
    }
  }

  /** Asks for the end of a job, as an operator does. */
  synchronized void requestCancel(String id) {
    rows.computeIfAbsent(new JobId(id), Row::new).cancelRequested = true;
  }

  /** Gives the job to another worker, as when this one was frozen for long. */
  synchronized void giveTo(String owner, String id) {
    rows.get(new JobId(id)).owner = Optional.of(new WorkerId(owner));
  }

  Job job(String id) {
    return peek(id).orElseThrow(() -> new AssertionError("no record of " + id));
  }

  JobStatus status(String id) {
    return job(id).status();
  }

  boolean is(String id, JobStatus status) {
    return peek(id).filter(job -> job.status() == status).isPresent();
  }

  private synchronized Optional<Job> peek(String id) {
    return Optional.ofNullable(rows.get(new JobId(id))).map(Row::toJob);
  }

  @Override
  public synchronized Optional<Job> claimNew(Claim claim) {
    JobId id = claim.ownership().jobId();
    journal.note("ledger claimNew", id);
    Row row = rows.get(id);
    if (row != null && !freshlyQueued(row, claim)) {
      return Optional.of(row.toJob());
    }
    start(rows.computeIfAbsent(id, Row::new), claim);
    return Optional.empty();
  }

  private static boolean freshlyQueued(Row row, Claim claim) {
    String wanted = claim.request().fingerprint();
    return row.status == JobStatus.QUEUED
        && row.tries.attempt() == 0
        && !row.cancelRequested
        && row.fingerprint.filter(known -> !known.equals(wanted)).isEmpty();
  }

  @Override
  public synchronized boolean claim(Job seen, Claim claim) {
    journal.note("ledger claim", seen.id());
    Row row = rows.get(seen.id());
    if (!row.toJob().equals(seen)) {
      return false;
    }
    if (seen.status().isFinal()) {
      row.cancelRequested = false;
      row.deadLettered = false;
    }
    start(row, claim);
    return true;
  }

  private static void start(Row row, Claim claim) {
    row.tries = claim.tries();
    row.owner = Optional.of(claim.ownership().owner());
    row.messageId = Optional.of(claim.delivery().messageId());
    row.fingerprint = Optional.of(claim.request().fingerprint());
    row.render = Optional.empty();
    row.retryAt = Optional.empty();
    row.startedAt = Optional.of(claim.at());
    row.takenOverAt = Optional.empty();
    row.now(JobStatus.STARTING, claim.at());
  }

  @Override
  public synchronized boolean takeOver(Job seen, WorkerId newOwner, Delivery delivery, Instant at) {
    journal.note("ledger takeOver", seen.id());
    Row row = rows.get(seen.id());
    if (!row.toJob().equals(seen)) {
      return false;
    }
    row.owner = Optional.of(newOwner);
    row.messageId = Optional.of(delivery.messageId());
    row.takenOverAt = row.takenOverAt.or(() -> Optional.of(at));
    row.now(row.status, at);
    return true;
  }

  @Override
  public synchronized boolean startingNow(Ownership ownership, Instant at) {
    Row row = owned("ledger startingNow", ownership);
    row.startedAt = Optional.of(at);
    row.now(row.status, at);
    return row.cancelRequested;
  }

  @Override
  public synchronized void rendering(
      Ownership ownership, RenderHandle render, RenderLinks links, Instant at) {
    Row row = owned("ledger rendering", ownership);
    row.render = Optional.of(render);
    row.now(JobStatus.RENDERING, at);
  }

  @Override
  public synchronized boolean progress(Ownership ownership, double progress, Instant at) {
    Row row = owned("ledger progress", ownership);
    row.now(row.status, at);
    return row.cancelRequested;
  }

  @Override
  public synchronized void succeeded(
      Ownership ownership, RenderHandle render, RenderOutput output, Instant at) {
    Row row = owned("ledger succeeded", ownership);
    row.render = Optional.of(render);
    row.end(JobStatus.SUCCEEDED, at);
  }

  @Override
  public synchronized void retrying(
      Ownership ownership, Failure failure, NextStep.Retry next, Instant at) {
    Row row = owned("ledger retrying", ownership);
    if (!next.charged()) {
      Tries tries = row.tries;
      row.tries = new Tries(tries.attempt(), tries.earlier() + 1, tries.uncharged() + 1);
    }
    row.retryAt = Optional.of(next.at());
    row.erred(failure.code(), failure.message());
    row.end(JobStatus.RETRYING, at);
  }

  @Override
  public synchronized void failed(Ownership ownership, Failure failure, Instant at) {
    Row row = owned("ledger failed", ownership);
    row.erred(failure.code(), failure.message());
    row.end(JobStatus.FAILED, at);
  }

  @Override
  public synchronized void cancelled(Ownership ownership, String note, Instant at) {
    owned("ledger cancelled", ownership).end(JobStatus.CANCELLED, at);
  }

  @Override
  public synchronized boolean cancelled(Job seen, Instant at) {
    journal.note("ledger cancelled", seen.id());
    Row row = rows.get(seen.id());
    if (!row.toJob().equals(seen)) {
      return false;
    }
    row.end(JobStatus.CANCELLED, at);
    return true;
  }

  @Override
  public synchronized void putBack(
      Ownership ownership, int earlierAttempts, String note, Instant at) {
    Row row = owned("ledger putBack", ownership);
    Tries tries = row.tries;
    row.tries = new Tries(tries.attempt() - 1, tries.earlier(), tries.uncharged());
    row.startedAt = Optional.empty();
    row.takenOverAt = Optional.empty();
    row.end(row.tries.attempt() > earlierAttempts ? JobStatus.RETRYING : JobStatus.QUEUED, at);
  }

  @Override
  public synchronized void release(Ownership ownership, Instant at) {
    Row row = owned("ledger release", ownership);
    row.end(row.status, at);
  }

  @Override
  public synchronized boolean rejected(Rejection rejection) {
    journal.note("ledger rejected", rejection.jobId());
    Row row = rows.computeIfAbsent(rejection.jobId(), Row::new);
    if (row.status == JobStatus.REJECTED
        && row.deadLettered
        && row.messageId.equals(Optional.of(rejection.delivery().messageId()))) {
      return false;
    }
    if (row.version == 0 || row.status == JobStatus.REJECTED) {
      row.messageId = Optional.of(rejection.delivery().messageId());
      row.deadLettered = false;
      row.erred(rejection.code(), rejection.violations().getFirst().toString());
      row.end(JobStatus.REJECTED, rejection.at());
    }
    return true;
  }

  @Override
  public synchronized void deadLettered(JobId jobId, String messageId, Instant at) {
    journal.note("ledger deadLettered", jobId);
    Row row = rows.get(jobId);
    boolean over = row.status == JobStatus.FAILED || row.status == JobStatus.REJECTED;
    if (over && row.messageId.equals(Optional.of(messageId))) {
      row.deadLettered = true;
      row.now(row.status, at);
    }
  }

  @Override
  public synchronized Optional<Job> find(JobId jobId) {
    journal.note("ledger find", jobId);
    return Optional.ofNullable(rows.get(jobId)).map(Row::toJob);
  }

  private Row owned(String operation, Ownership ownership) {
    journal.note(operation, ownership.jobId());
    Row row = rows.get(ownership.jobId());
    if (row == null
        || !row.owner.equals(Optional.of(ownership.owner()))
        || row.tries.attempt() != ownership.attempt()) {
      throw new FencedException(ownership);
    }
    return row;
  }
}
