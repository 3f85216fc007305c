package dev.renderworker.jobtable;

import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** The writes of an owner that goes on with the job. */
final class OwnerWrites {
  static final String RENDER =
      ", renderId = :renderId, bucketName = :bucketName, functionName = :functionName,"
          + " #region = :region";

  private static final String STARTING = Fence.OWNED + " AND #status = :starting";

  private static final Statement STARTING_NOW =
      Statement.of("SET startedAt = :at, updatedAt = :at, " + Fence.TELL_CANCEL, "", STARTING);

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
      Statement.of(
          "SET progress = :progress, updatedAt = :at, " + Fence.TELL_CANCEL, "", Fence.OWNED);

  private final Fence fence;

  OwnerWrites(Fence fence) {
    this.fence = fence;
  }

  /** Repeating it after a lost answer does no harm. */
  boolean startingNow(Ownership own, Instant at) {
    return fence.tellingOfCancel(
        own, STARTING_NOW, new Values(at).text(":starting", JobStatus.STARTING.name()));
  }

  void rendering(Ownership own, RenderHandle render, RenderLinks links, Instant at) {
    fence.write(
        own,
        RENDERING,
        new Values(at)
            .status(JobStatus.RENDERING, render.renderId())
            .render(render)
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
    return fence.tellingOfCancel(own, PROGRESS, values);
  }
}
