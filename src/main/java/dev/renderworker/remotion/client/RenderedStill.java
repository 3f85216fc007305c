package dev.renderworker.remotion.client;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;

/** A still that is finished, as it is when its answer comes. */
public record RenderedStill(RenderHandle render, RenderOutput output) {
  /** Rejects null. */
  public RenderedStill {
    requireNonNull(render, "render");
    requireNonNull(output, "output");
  }
}
