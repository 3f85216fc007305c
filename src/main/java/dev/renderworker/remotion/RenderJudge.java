package dev.renderworker.remotion;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.remotion.answer.FunctionName;
import dev.renderworker.remotion.answer.RenderFailures;
import dev.renderworker.remotion.answer.RenderProgress;
import dev.renderworker.remotion.client.OutputProbe;
import dev.renderworker.remotion.client.ProgressReading;
import dev.renderworker.worker.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides what a render's progress means: whether it runs, is done, or has ended without an output.
 *
 * <p>Only the main function's own report of the end is believed at once. Renders have been reported
 * as timed out with their output in place, and as done with an older output in place, so in between
 * the bucket is asked.
 *
 * @param lateLaunch how late a launch may come
 */
record RenderJudge(Duration lateLaunch) {
  /** For clocks that differ and for the last writes of a function that is being ended. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  /** For how long a look at the bucket that is refused is repeated. */
  private static final Duration INSISTENCE = Duration.ofMinutes(1);

  /** So long a main function may be silent after the last frame, with most outputs. */
  private static final Duration UPLOAD = Duration.ofSeconds(10);

  private static final Duration LONGEST_FUNCTION = Duration.ofMinutes(15);

  private static final Set<ErrorCode> WORTH_A_LOOK =
      Set.of(ErrorCode.RENDER_TIMEOUT, ErrorCode.RENDER_LOST);

  /**
   * The decision.
   *
   * @param output looks for the output; asked only when it may be there
   */
  Sighting judge(ProgressReading.Seen seen, Instant now, Supplier<OutputProbe> output) {
    RenderProgress progress = seen.progress();
    Optional<Failure.OfJob> failure =
        progress.fatalErrors().isEmpty()
            ? overdue(progress, now)
            : Optional.of(RenderFailures.of(progress.fatalErrors()));
    return switch (progress.result()) {
      case RenderProgress.Result.Done done -> new Sighting.Done(done.output());
      case RenderProgress.Result.None _ -> endedOrRunning(failure, progress);
      case RenderProgress.Result.Unconfirmed unconfirmed ->
          mayBeThere(seen, failure, now)
              ? afterLook(unconfirmed, progress, failure, now, output.get())
              : endedOrRunning(failure, progress);
    };
  }

  private static Sighting afterLook(
      RenderProgress.Result.Unconfirmed unconfirmed,
      RenderProgress progress,
      Optional<Failure.OfJob> failure,
      Instant now,
      OutputProbe probe) {
    return found(unconfirmed, progress, failure.isPresent(), probe)
        .<Sighting>map(Sighting.Done::new)
        .or(
            () ->
                failure
                    .filter(_ -> isWorthAnotherLook(probe, progress, now))
                    .map(Sighting.Unseen::new))
        .orElseGet(() -> endedOrRunning(failure, progress));
  }

  /** Whoever is refused a look may be so for a moment only, as when a session ends. */
  private static boolean isWorthAnotherLook(
      OutputProbe probe, RenderProgress progress, Instant now) {
    return probe instanceof OutputProbe.Unknown
        && progress
            .milestones()
            .deadline()
            .filter(deadline -> now.isBefore(deadline.plus(MARGIN).plus(INSISTENCE)))
            .isPresent();
  }

  private static boolean mayBeThere(
      ProgressReading.Seen seen, Optional<Failure.OfJob> failure, Instant now) {
    return failure
        .map(ended -> WORTH_A_LOOK.contains(ended.code()))
        .orElseGet(() -> combined(seen.progress().milestones()) && isQuiet(seen, now));
  }

  private static boolean combined(RenderProgress.Milestones milestones) {
    return milestones.chunksComplete() && milestones.combined();
  }

  /** Most main functions report the end soon after their last progress, and tell more of it. */
  private static boolean isQuiet(ProgressReading.Seen seen, Instant now) {
    return seen.writtenAt().filter(at -> now.isBefore(at.plus(UPLOAD))).isEmpty();
  }

  private static Optional<RenderOutput> found(
      RenderProgress.Result.Unconfirmed unconfirmed,
      RenderProgress progress,
      boolean overdue,
      OutputProbe probe) {
    RenderOutput draft = unconfirmed.draft();
    return switch (probe) {
      case OutputProbe.Present present when isOfThisRender(present, progress) ->
          Optional.of(
              new RenderOutput(
                  draft.location(), present.sizeInBytes(), draft.cost(), draft.work()));
      case OutputProbe.Unknown _ when unconfirmed.claimed() && overdue -> Optional.of(draft);
      case OutputProbe.Present _, OutputProbe.Absent _, OutputProbe.Unknown _ -> Optional.empty();
    };
  }

  /**
   * S3 gives whole seconds. An output that may replace another has to be younger than the render.
   */
  private static boolean isOfThisRender(OutputProbe.Present present, RenderProgress progress) {
    return progress
        .metadata()
        .filter(
            known ->
                known.outputIsNew()
                    || !present
                        .lastModified()
                        .isBefore(known.startedAt().truncatedTo(ChronoUnit.SECONDS)))
        .isPresent();
  }

  private static Sighting endedOrRunning(Optional<Failure.OfJob> failure, RenderProgress progress) {
    return failure.<Sighting>map(Sighting.Ended::new).orElseGet(() -> running(progress.extent()));
  }

  private static Sighting running(RenderProgress.Extent extent) {
    return new Sighting.Running(
        extent.overall(), new Sighting.Shares(extent.rendered(), extent.combined()));
  }

  /**
   * Whether Lambda must have ended the function that wrote the progress last (Remotion Lambda
   * protocol, 4.5). Before the main function reports, that is the one which only started it.
   */
  private Optional<Failure.OfJob> overdue(RenderProgress progress, Instant now) {
    boolean launched = progress.milestones().launched() || progress.metadata().isPresent();
    Duration patience = launched ? MARGIN : MARGIN.plus(lateLaunch);
    return progress
        .milestones()
        .deadline()
        .filter(deadline -> now.isAfter(deadline.plus(patience)))
        .map(deadline -> new Failure.OfJob(kind(progress), overdueMessage(deadline, launched)));
  }

  private static ErrorCode kind(RenderProgress progress) {
    return progress.metadata().isPresent() ? ErrorCode.RENDER_TIMEOUT : ErrorCode.RENDER_LOST;
  }

  private static String overdueMessage(Instant deadline, boolean launched) {
    return (launched
            ? "the main function has not finished, and Lambda ended it at "
            : "the render was accepted but never reported; it should have ended by ")
        + deadline.truncatedTo(ChronoUnit.SECONDS);
  }

  /**
   * What it means that there is no progress to be had: nothing, until the render must be over.
   *
   * @param why what was seen instead
   */
  Sighting withoutProgress(RenderHandle render, Instant startedAt, Instant now, String why) {
    Duration longest =
        FunctionName.parse(render.functionName())
            .map(FunctionName::timeout)
            .orElse(LONGEST_FUNCTION);
    Failure.OfJob lost = new Failure.OfJob(ErrorCode.RENDER_LOST, why);
    return now.isAfter(startedAt.plus(longest).plus(lateLaunch).plus(MARGIN))
        ? new Sighting.Ended(lost)
        : new Sighting.Unseen(lost);
  }
}
