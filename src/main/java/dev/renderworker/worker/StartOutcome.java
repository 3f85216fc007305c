package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;

/** What asking for a render gave. */
public sealed interface StartOutcome {

  /** The render has an id and has to be followed. */
  record Started(RenderHandle render) implements StartOutcome {
    /** Rejects null. */
    public Started {
      requireNonNull(render, "render");
    }
  }

  /** The render is finished already, as a still always is. */
  record Finished(RenderHandle render, RenderOutput output) implements StartOutcome {
    /** Rejects null. */
    public Finished {
      requireNonNull(render, "render");
      requireNonNull(output, "output");
    }
  }

  /** The worker stops, so nothing was asked for. */
  record NotAsked() implements StartOutcome {}

  /** There is no render, or nobody knows: the failure's case says which. */
  record NotStarted(Failure failure) implements StartOutcome {
    /** Rejects null. */
    public NotStarted {
      requireNonNull(failure, "failure");
    }
  }
}
