package dev.renderworker.remotion.client;

import dev.renderworker.job.Failure;
import dev.renderworker.remotion.answer.RenderProgress;
import java.time.Instant;
import java.util.Optional;

/** What a look at a render's progress gave. */
public sealed interface ProgressReading {

  /**
   * There it is.
   *
   * @param writtenAt when the main function wrote it; empty where nobody says
   */
  record Seen(RenderProgress progress, Optional<Instant> writtenAt) implements ProgressReading {}

  /** The render has no progress to show. */
  record Nothing(String why) implements ProgressReading {}

  /** The look itself failed, which says nothing about the render. */
  record Failed(Failure failure) implements ProgressReading {}
}
