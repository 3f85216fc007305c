package dev.renderworker.remotion.client;

import dev.renderworker.job.Failure;
import dev.renderworker.remotion.answer.RenderProgress;

/** What a look at a render's progress gave. */
public sealed interface ProgressReading {

  /** There it is. */
  record Seen(RenderProgress progress) implements ProgressReading {}

  /** The render has no progress to show. */
  record Nothing(String why) implements ProgressReading {}

  /** The look itself failed, which says nothing about the render. */
  record Failed(Failure failure) implements ProgressReading {}
}
