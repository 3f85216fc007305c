package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;

/** What looking for an orphaned render gave. */
public sealed interface OrphanSearch {

  /** There is one: adopt it. */
  record Found(RenderHandle render) implements OrphanSearch {
    /** Rejects null. */
    public Found {
      requireNonNull(render, "render");
    }
  }

  /** There is none, though one may still appear. */
  record NotYet() implements OrphanSearch {}

  /** There is none, and none will appear any more. */
  record None() implements OrphanSearch {}

  /** The search itself failed. */
  record Unknown(Failure failure) implements OrphanSearch {
    /** Rejects null. */
    public Unknown {
      requireNonNull(failure, "failure");
    }
  }
}
