package dev.renderworker.jobtable;

import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.jobtable.JobsTable.Update;
import dev.renderworker.worker.FencedException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The writes of a job's owner. Each holds only while the job belongs to that attempt of that
 * worker.
 *
 * <p>A write that lets go of the job leaves {@code lastOwner} behind: when its answer is lost and
 * it is repeated, the refusal shows by that mark that it has taken effect already.
 */
final class OwnerWrites {
  private static final String OWNED = "#owner = :owner AND attempt = :attempt";

  private static final String LET_GO =
      "SET #status = :status, lastOwner = :owner, updatedAt = :at, " + ClaimWrites.APPEND;

  private static final String END = LET_GO + ", finishedAt = :at, expiresAt = :expiresAt";

  private static final String ERROR =
      ", errorCode = :errorCode, errorMessage = :errorMessage, errors = :errors";

  private static final String RENDER =
      ", renderId = :renderId, bucketName = :bucketName, functionName = :functionName,"
          + " #region = :region";

  private static final String STARTING = OWNED + " AND #status = :starting";

  /** Writing what is there already is the cheapest way to read it with an update. */
  private static final String TELL_CANCEL =
      "cancelRequested = if_not_exists(cancelRequested, :false)";

  private static final Statement STARTING_NOW =
      Statement.of("SET startedAt = :at, updatedAt = :at, " + TELL_CANCEL, "", STARTING);

  private static final Statement RENDERING =
      Statement.of(
          "SET #status = :status, updatedAt = :at, "
              + ClaimWrites.APPEND
              + RENDER
              + ", rendererLogsUrl = :rendererLogsUrl, mainLogsUrl = :mainLogsUrl,"
              + " folderUrl = :folderUrl, progressUrl = :progressUrl",
          "",
          STARTING);

  private static final Statement PROGRESS =
      Statement.of("SET progress = :progress, updatedAt = :at, " + TELL_CANCEL, "", OWNED);

  private static final Statement SUCCEEDED =
      Statement.of(
          END
              + RENDER
              + ", progress = :one, outputUrl = :outputUrl, outputBucket = :outputBucket,"
              + " outputKey = :outputKey, outputSizeInBytes = :outputSizeInBytes,"
              + " costUsd = :costUsd, displayCost = :displayCost,"
              + " framesRendered = :framesRendered, lambdasInvoked = :lambdasInvoked,"
              + " timeToFinishMs = :timeToFinishMs,"
              // Only a still has none of these by now.
              + " mainLogsUrl = if_not_exists(mainLogsUrl, :mainLogsUrl),"
              + " folderUrl = if_not_exists(folderUrl, :folderUrl)",
          "REMOVE #owner, errorCode, errorMessage, errors",
          OWNED);

  private static final Statement RETRYING =
      Statement.of(
          LET_GO
              + ERROR
              + ", retryAt = :retryAt,"
              + " earlierAttempts = if_not_exists(earlierAttempts, :zero) + :uncharged,"
              + " unchargedAttempts = if_not_exists(unchargedAttempts, :zero) + :uncharged",
          "REMOVE #owner",
          OWNED);

  private static final Statement FAILED = Statement.of(END + ERROR, "REMOVE #owner", OWNED);

  private static final Statement CANCELLED = Statement.of(END, "REMOVE #owner", OWNED);

  private static final Statement PUT_BACK =
      Statement.of(LET_GO + ", attempt = :before", "REMOVE #owner, startedAt, takenOverAt", OWNED);

  private static final Statement RELEASE =
      Statement.of("SET lastOwner = :owner, updatedAt = :at", "REMOVE #owner", OWNED);

  private final JobsTable table;

  OwnerWrites(JobsTable table) {
    this.table = table;
  }

  /** Repeating it after a lost answer does no harm. */
  boolean startingNow(Ownership own, Instant at) {
    return tellingOfCancel(
        own, STARTING_NOW, new Values(at).text(":starting", JobStatus.STARTING.name()));
  }

  void rendering(Ownership own, RenderHandle render, RenderLinks links, Instant at) {
    write(
        own,
        RENDERING,
        rendered(new Values(at).status(JobStatus.RENDERING, render.renderId()), render)
            .text(":starting", JobStatus.STARTING.name())
            .text(":rendererLogsUrl", links.rendererLogs())
            .text(":mainLogsUrl", links.mainLogs())
            .text(":folderUrl", links.folder())
            .text(":progressUrl", links.progressFile()),
        item -> item.isHeldBy(own) && item.text("renderId").equals(Optional.of(render.renderId())));
  }

  boolean progress(Ownership own, double progress, Instant at) {
    Values values =
        new Values(at)
            .number(":progress", BigDecimal.valueOf(progress).setScale(4, RoundingMode.HALF_UP));
    return tellingOfCancel(own, PROGRESS, values);
  }

  private boolean tellingOfCancel(Ownership own, Statement statement, Values values) {
    Update update =
        table.update(
            own.jobId(),
            statement,
            owned(values.flag(":false", false), own),
            ReturnValue.UPDATED_NEW);
    if (!update.written()) {
      throw new FencedException(own);
    }
    return update.item().flag("cancelRequested");
  }

  void succeeded(
      Ownership own, RenderHandle render, RenderOutput output, Instant at, long expiresAt) {
    Values values =
        rendered(new Values(at).status(JobStatus.SUCCEEDED, ""), render)
            .text(":mainLogsUrl", RenderLinks.stillLogs(render))
            .text(":folderUrl", RenderLinks.folder(render))
            .number(":expiresAt", expiresAt)
            .number(":one", 1)
            .text(":outputUrl", output.location().url())
            .text(":outputBucket", output.location().bucket())
            .text(":outputKey", output.location().key())
            .number(":outputSizeInBytes", output.sizeInBytes())
            .number(":costUsd", output.cost().reported())
            .text(":displayCost", output.cost().display())
            .number(":framesRendered", output.work().framesRendered())
            .number(":lambdasInvoked", output.work().lambdasInvoked())
            .number(":timeToFinishMs", output.work().timeToFinishMs());
    Optional<BigDecimal> whole = output.cost().withMainFunction();
    whole.ifPresent(cost -> values.number(":costWithMainFunctionUsd", cost));
    letGo(
        own,
        whole.isPresent() ? SUCCEEDED.also("costWithMainFunctionUsd") : SUCCEEDED,
        values,
        JobStatus.SUCCEEDED);
  }

  void retrying(Ownership own, Failure failure, NextStep.Retry next, Instant at) {
    letGo(
        own,
        RETRYING,
        failed(new Values(at).status(JobStatus.RETRYING, note(failure)), failure)
            .text(":retryAt", Timestamps.text(next.at()))
            .number(":zero", 0)
            .number(":uncharged", next.charged() ? 0 : 1),
        JobStatus.RETRYING);
  }

  void failed(Ownership own, Failure failure, Instant at, long expiresAt) {
    letGo(
        own,
        FAILED,
        failed(new Values(at).status(JobStatus.FAILED, note(failure)), failure)
            .number(":expiresAt", expiresAt),
        JobStatus.FAILED);
  }

  void cancelled(Ownership own, String note, Instant at, long expiresAt) {
    letGo(
        own,
        CANCELLED,
        new Values(at).status(JobStatus.CANCELLED, note).number(":expiresAt", expiresAt),
        JobStatus.CANCELLED);
  }

  void putBack(Ownership own, int earlierAttempts, String note, Instant at) {
    int before = own.attempt() - 1;
    JobStatus status = before > earlierAttempts ? JobStatus.RETRYING : JobStatus.QUEUED;
    write(
        own,
        PUT_BACK,
        new Values(at).status(status, note).number(":before", before),
        item -> item.wasLetGoBy(own.owner(), before) && item.status().equals(Optional.of(status)));
  }

  void release(Ownership own, Instant at) {
    write(own, RELEASE, new Values(at), item -> item.wasLetGoBy(own.owner(), own.attempt()));
  }

  private void letGo(Ownership own, Statement statement, Values values, JobStatus target) {
    write(
        own,
        statement,
        values,
        item ->
            item.wasLetGoBy(own.owner(), own.attempt())
                && item.status().equals(Optional.of(target)));
  }

  /**
   * Writes, or finds that an earlier try has.
   *
   * @param written whether a record shows this write
   */
  private void write(
      Ownership own, Statement statement, Values values, Predicate<JobItem> written) {
    Update update = table.update(own.jobId(), statement, owned(values, own));
    if (!update.written() && !written.test(update.item())) {
      throw new FencedException(own);
    }
  }

  private static Values owned(Values values, Ownership own) {
    return values.text(":owner", own.owner().value()).number(":attempt", own.attempt());
  }

  private static Values rendered(Values values, RenderHandle render) {
    return values
        .text(":renderId", render.renderId())
        .text(":bucketName", render.bucketName())
        .text(":functionName", render.functionName())
        .text(":region", render.region());
  }

  private static Values failed(Values values, Failure failure) {
    List<String> details = failure instanceof Failure.OfJob ofJob ? ofJob.details() : List.of();
    return values
        .text(":errorCode", failure.code().name())
        .text(":errorMessage", failure.message())
        .texts(":errors", ErrorLines.trimmed(details));
  }

  private static String note(Failure failure) {
    return failure.code() + ": " + failure.message();
  }
}
