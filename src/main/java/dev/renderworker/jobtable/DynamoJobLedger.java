package dev.renderworker.jobtable;

import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.Violation;
import dev.renderworker.job.WorkerId;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.Delivery;
import dev.renderworker.worker.JobLedger;
import dev.renderworker.worker.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The job table in DynamoDB: one conditional update a transition. */
public final class DynamoJobLedger implements JobLedger {
  private static final Statement REJECTED =
      Statement.of(
          "SET #status = :status, attempt = :zero, messageId = :messageId, errorCode = :errorCode,"
              + " errorMessage = :errorMessage, errors = :errors, #request = :request,"
              + " createdAt = if_not_exists(createdAt, :at), updatedAt = :at, finishedAt = :at,"
              + " expiresAt = :expiresAt, "
              + ClaimWrites.APPEND,
          "REMOVE deadLetteredAt",
          "attribute_not_exists(jobId) OR (#status = :status"
              + " AND (attribute_not_exists(deadLetteredAt) OR messageId <> :messageId))");

  private static final Statement DEAD_LETTERED =
      Statement.of(
          "SET deadLetteredAt = :at, updatedAt = :at",
          "",
          "messageId = :messageId AND #status IN (:failed, :rejected)");

  private final TableSettings settings;
  private final JobsTable table;
  private final ClaimWrites claims;
  private final OwnerWrites owner;
  private final LetGoWrites letGo;

  /** Works on the tables given; they stay open. */
  public DynamoJobLedger(Tables tables) {
    this.settings = tables.settings();
    this.table = new JobsTable(tables);
    this.claims = new ClaimWrites(table);
    var fence = new Fence(table);
    this.owner = new OwnerWrites(fence);
    this.letGo = new LetGoWrites(fence);
  }

  @Override
  public Optional<Job> claimNew(Claim claim) {
    return claims.claimNew(claim);
  }

  @Override
  public boolean claim(Job seen, Claim claim) {
    return claims.claim(seen, claim);
  }

  @Override
  public boolean takeOver(Job seen, WorkerId newOwner, Delivery delivery, Instant at) {
    return claims.takeOver(seen, newOwner, delivery, at);
  }

  @Override
  public boolean startingNow(Ownership ownership, Instant at) {
    return owner.startingNow(ownership, at);
  }

  @Override
  public void rendering(Ownership ownership, RenderHandle render, RenderLinks links, Instant at) {
    owner.rendering(ownership, render, links, at);
  }

  @Override
  public boolean progress(Ownership ownership, double progress, Instant at) {
    return owner.progress(ownership, progress, at);
  }

  @Override
  public void succeeded(Ownership ownership, RenderHandle render, RenderOutput output, Instant at) {
    letGo.succeeded(ownership, render, output, at, expiry(at));
  }

  @Override
  public void retrying(Ownership ownership, Failure failure, NextStep.Retry next, Instant at) {
    letGo.retrying(ownership, failure, next, at);
  }

  @Override
  public void failed(Ownership ownership, Failure failure, Instant at) {
    letGo.failed(ownership, failure, at, expiry(at));
  }

  @Override
  public void cancelled(Ownership ownership, String note, Instant at) {
    letGo.cancelled(ownership, note, at, expiry(at));
  }

  @Override
  public boolean cancelled(Job seen, Instant at) {
    return claims.cancel(seen, at, expiry(at));
  }

  @Override
  public void putBack(Ownership ownership, int earlierAttempts, String note, Instant at) {
    letGo.putBack(ownership, earlierAttempts, note, at);
  }

  @Override
  public void release(Ownership ownership, Instant at) {
    letGo.release(ownership, at);
  }

  @Override
  public boolean rejected(Rejection rejection) {
    List<String> violations =
        ErrorLines.trimmed(rejection.violations().stream().map(Violation::toString).toList());
    RequestText request = RequestText.of(rejection.delivery().body());
    Values values =
        new Values(rejection.at())
            .status(JobStatus.REJECTED, rejection.code().name())
            .number(":zero", 0)
            .text(":messageId", rejection.delivery().messageId())
            .text(":errorCode", rejection.code().name())
            .text(":errorMessage", violations.isEmpty() ? "" : violations.getFirst())
            .texts(":errors", violations)
            .text(":request", request.text())
            .number(":expiresAt", expiry(rejection.at()));
    if (request.truncated()) {
      values.flag(":requestTruncated", true);
    }
    Update update =
        table.update(
            rejection.jobId(),
            request.truncated() ? REJECTED.also("requestTruncated") : REJECTED,
            values);
    return update.written() || !update.item().status().equals(Optional.of(JobStatus.REJECTED));
  }

  @Override
  public void deadLettered(JobId jobId, String messageId, Instant at) {
    table.update(
        jobId,
        DEAD_LETTERED,
        new Values(at)
            .text(":messageId", messageId)
            .text(":failed", JobStatus.FAILED.name())
            .text(":rejected", JobStatus.REJECTED.name()));
  }

  @Override
  public Optional<Job> find(JobId jobId) {
    JobItem item = table.read(jobId);
    return item.attributes().isEmpty() ? Optional.empty() : Optional.of(item.toJob());
  }

  private long expiry(Instant end) {
    return end.plus(settings.retention()).getEpochSecond();
  }
}
