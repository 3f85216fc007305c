package dev.renderworker.jobtable;

import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Instant;
import java.util.Optional;

/**
 * What people may write to the job table: that a job is on its way, and that one shall end.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the table can't be reached or
 * refuses.
 */
public final class JobOrders {
  private static final Statement QUEUED =
      Statement.of(
          "SET #status = :status, attempt = :zero, fingerprint = :fingerprint,"
              + " composition = :composition, #type = :type, #request = :request,"
              + " createdAt = :at, updatedAt = :at, "
              + ClaimWrites.APPEND,
          "",
          "attribute_not_exists(jobId)");

  private static final Statement CANCEL =
      Statement.of(
          "SET cancelRequested = :true, updatedAt = :at",
          "",
          "#status IN (:queued, :starting, :rendering, :retrying)");

  private final JobsTable table;

  /** Writes to the tables given; they stay open. */
  public JobOrders(Tables tables) {
    this.table = new JobsTable(tables);
  }

  /**
   * Records a job as QUEUED, before its message is sent.
   *
   * @return empty when recorded; else the record that has the job id already, unchanged
   */
  public Optional<Job> queued(QueuedJob job) {
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
    return update.written() ? Optional.empty() : Optional.of(update.item().toJob());
  }

  /** Asks for the end of a job that has not ended. */
  public CancelOutcome cancel(JobId jobId, Instant at) {
    Values values =
        new Values(at)
            .flag(":true", true)
            .text(":queued", JobStatus.QUEUED.name())
            .text(":starting", JobStatus.STARTING.name())
            .text(":rendering", JobStatus.RENDERING.name())
            .text(":retrying", JobStatus.RETRYING.name());
    Update update = table.update(jobId, CANCEL, values);
    if (update.written()) {
      return new CancelOutcome.Requested();
    }
    return update
        .item()
        .status()
        .<CancelOutcome>map(CancelOutcome.Over::new)
        .orElseGet(CancelOutcome.Unknown::new);
  }
}
