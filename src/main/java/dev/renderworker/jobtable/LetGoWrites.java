package dev.renderworker.jobtable;

import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The writes of an owner that lets go of the job.
 *
 * <p>Each leaves {@code lastOwner} behind: when its answer is lost and it is repeated, the refusal
 * shows by that mark that it has taken effect already.
 */
final class LetGoWrites {
  private static final String LET_GO =
      "SET #status = :status, lastOwner = :owner, updatedAt = :at, " + ClaimWrites.APPEND;

  private static final String END = LET_GO + ", finishedAt = :at, expiresAt = :expiresAt";

  private static final String ERROR =
      ", errorCode = :errorCode, errorMessage = :errorMessage, errors = :errors";

  private static final Statement SUCCEEDED =
      Statement.of(
          END
              + OwnerWrites.RENDER
              + ", progress = :one, outputUrl = :outputUrl, outputBucket = :outputBucket,"
              + " outputKey = :outputKey, outputSizeInBytes = :outputSizeInBytes,"
              + " costUsd = :costUsd, displayCost = :displayCost,"
              + " framesRendered = :framesRendered, lambdasInvoked = :lambdasInvoked,"
              + " timeToFinishMs = :timeToFinishMs,"
              // Only a still has none of these by now.
              + " mainLogsUrl = if_not_exists(mainLogsUrl, :mainLogsUrl),"
              + " folderUrl = if_not_exists(folderUrl, :folderUrl)",
          "REMOVE #owner, errorCode, errorMessage, errors",
          Fence.OWNED);

  private static final Statement RETRYING =
      Statement.of(
          LET_GO
              + ERROR
              + ", retryAt = :retryAt,"
              + " earlierAttempts = if_not_exists(earlierAttempts, :zero) + :uncharged,"
              + " unchargedAttempts = if_not_exists(unchargedAttempts, :zero) + :uncharged",
          "REMOVE #owner",
          Fence.OWNED);

  private static final Statement FAILED = Statement.of(END + ERROR, "REMOVE #owner", Fence.OWNED);

  private static final Statement CANCELLED = Statement.of(END, "REMOVE #owner", Fence.OWNED);

  private static final Statement PUT_BACK =
      Statement.of(
          LET_GO + ", attempt = :before", "REMOVE #owner, startedAt, takenOverAt", Fence.OWNED);

  private static final Statement RELEASE =
      Statement.of("SET lastOwner = :owner, updatedAt = :at", "REMOVE #owner", Fence.OWNED);

  private final Fence fence;

  LetGoWrites(Fence fence) {
    this.fence = fence;
  }

  void succeeded(
      Ownership own, RenderHandle render, RenderOutput output, Instant at, long expiresAt) {
    Values values =
        new Values(at)
            .status(JobStatus.SUCCEEDED, "")
            .render(render)
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
    fence.write(
        own,
        PUT_BACK,
        new Values(at).status(status, note).number(":before", before),
        item -> item.wasLetGoBy(own.owner(), before) && item.status().equals(Optional.of(status)));
  }

  void release(Ownership own, Instant at) {
    fence.write(own, RELEASE, new Values(at), item -> item.wasLetGoBy(own.owner(), own.attempt()));
  }

  private void letGo(Ownership own, Statement statement, Values values, JobStatus target) {
    fence.write(
        own,
        statement,
        values,
        item ->
            item.wasLetGoBy(own.owner(), own.attempt())
                && item.status().equals(Optional.of(target)));
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
