package dev.renderworker.jobtable;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.operations.CancelOutcome;
import dev.renderworker.operations.JobOrders;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.QueuedJob;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** What people may write to the job table in DynamoDB: one conditional update each. */
public final class DynamoJobOrders implements JobOrders {
  private static final Logger log = LoggerFactory.getLogger(DynamoJobOrders.class);

  private static final Statement QUEUED =
      Statement.of(
          "SET #status = :status, attempt = :zero, fingerprint = :fingerprint,"
              + " composition = :composition, #type = :type, #request = :request,"
              + " createdAt = :at, updatedAt = :at, "
              + ClaimWrites.APPEND,
          "",
          "attribute_not_exists(jobId)");

  private static final Statement CANCEL_WAITING =
      Statement.of(
          "SET #status = :status, updatedAt = :at, finishedAt = :at, expiresAt = :expiresAt, "
              + ClaimWrites.APPEND,
          "REMOVE retryAt",
          "#status IN (:queued, :retrying)");

  private static final Statement CANCEL_HELD =
      Statement.of(
          "SET cancelRequested = :true, updatedAt = :at", "", "#status IN (:starting, :rendering)");

  /** Attempts of before belong to earlier rounds, so that the job has as many as a new one. */
  private static final Statement QUEUED_AGAIN =
      Statement.of(
          "SET #status = :status, earlierAttempts = if_not_exists(attempt, :zero), updatedAt = :at, "
              + ClaimWrites.APPEND,
          "REMOVE finishedAt, expiresAt, deadLetteredAt, cancelRequested, unchargedAttempts",
          "#status = :seenStatus AND updatedAt = :seenAt");

  /** How often a cancellation that lost a race is tried again. */
  private static final int TRIES = 5;

  private final Tables tables;
  private final JobsTable table;

  /** Writes to the tables given; they stay open. */
  public DynamoJobOrders(Tables tables) {
    this.tables = tables;
    this.table = new JobsTable(tables);
  }

  @Override
  public Optional<JobView> queued(QueuedJob job) {
    RequestText request = RequestText.of(job.body());
    Values values =
        new Values(job.at())
            .status(JobStatus.QUEUED, "")
            .number(":zero", 0)
            .text(":fingerprint", job.request().fingerprint())
            .text(":composition", job.request().composition())
            .text(":type", job.request().type().wireName())
            .text(":request", request.text());
    if (request.truncated()) {
      values.flag(":requestTruncated", true);
    }
    Update update =
        table.update(
            job.jobId(), request.truncated() ? QUEUED.also("requestTruncated") : QUEUED, values);
    return update.written() ? Optional.empty() : Optional.of(view(update.item()));
  }

  @Override
  public CancelOutcome cancel(JobId jobId, Instant at) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<CancelOutcome> outcome = tryToCancel(jobId, at);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new ServiceUnavailableException("Could not cancel job " + jobId + ": it keeps changing");
  }

  /** Empty when a worker claimed the job, or put it back, between the two writes. */
  private Optional<CancelOutcome> tryToCancel(JobId jobId, Instant at) {
    Update waiting = table.update(jobId, CANCEL_WAITING, waiting(at));
    if (waiting.written() || isBy(JobStatus.CANCELLED, at, waiting.item())) {
      return Optional.of(new CancelOutcome.Ended());
    }
    Optional<JobStatus> status = waiting.item().status();
    if (status.isEmpty()) {
      return Optional.of(new CancelOutcome.Unknown());
    }
    if (status.get().isFinal()) {
      return Optional.of(new CancelOutcome.Over(status.get()));
    }
    Update held = table.update(jobId, CANCEL_HELD, held(at), ReturnValue.ALL_NEW);
    if (!held.written()) {
      return Optional.empty();
    }
    held.item().text("owner").ifPresent(owner -> tell(owner, jobId));
    return Optional.of(new CancelOutcome.Requested());
  }

  /**
   * Leaves word in the owner's entry, which its next heartbeat finds. Without it the owner reads
   * the record, only later.
   */
  private void tell(String owner, JobId jobId) {
    try {
      tables
          .client()
          .updateItem(
              update ->
                  update
                      .tableName(tables.settings().workersTable())
                      .key(DynamoWorkerRegistry.key(new WorkerId(owner)))
                      .updateExpression("ADD " + DynamoWorkerRegistry.CANCELS + " :job")
                      .conditionExpression("attribute_exists(workerId)")
                      .expressionAttributeValues(
                          Map.of(":job", AttributeValue.fromSs(List.of(jobId.value())))));
    } catch (SdkException e) {
      log.debug("No word left for worker {}", owner, e);
    }
  }

  private Values waiting(Instant at) {
    return new Values(at)
        .status(JobStatus.CANCELLED, "before a start")
        .number(":expiresAt", at.plus(tables.settings().retention()).getEpochSecond())
        .text(":queued", JobStatus.QUEUED.name())
        .text(":retrying", JobStatus.RETRYING.name());
  }

  private static Values held(Instant at) {
    return new Values(at)
        .flag(":true", true)
        .text(":starting", JobStatus.STARTING.name())
        .text(":rendering", JobStatus.RENDERING.name());
  }

  @Override
  public boolean queuedAgain(JobView seen, Instant at) {
    Values values =
        new Values(at)
            .status(JobStatus.QUEUED, "retried by hand")
            .number(":zero", 0)
            .text(":seenStatus", seen.status().name())
            .text(":seenAt", Timestamps.text(seen.updatedAt()));
    Update update = table.update(seen.id(), QUEUED_AGAIN, values);
    return update.written() || isBy(JobStatus.QUEUED, at, update.item());
  }

  /** Whether the record shows this very write: then only its answer was lost. */
  private static boolean isBy(JobStatus target, Instant at, JobItem item) {
    return item.status().equals(Optional.of(target))
        && item.text("updatedAt").equals(Optional.of(Timestamps.text(at)));
  }

  private static JobView view(JobItem item) {
    return new JobView(PlainValues.of(item.attributes()));
  }
}
