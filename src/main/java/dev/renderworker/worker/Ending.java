package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import java.util.Optional;

/** How this worker's part in an attempt ended. */
sealed interface Ending {

  record Succeeded(RenderHandle render, RenderOutput output) implements Ending {}

  /** The render is there where the attempt had got so far as to have one. */
  record Failed(Failure failure, Optional<RenderHandle> render) implements Ending {
    Failed(Failure failure) {
      this(failure, Optional.empty());
    }
  }

  /** The note is for the record's history; empty where there is nothing to say. */
  record Cancelled(String note) implements Ending {}

  /** This worker stops before anything was started. */
  record NeverBegun() implements Ending {}

  /** This worker stops, or can't go on, while a render runs or may run. */
  record HandedOver() implements Ending {}
}
