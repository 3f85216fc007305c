package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;

/** A render to start: what, and under which attempt of which job. */
public record RenderOrder(Ownership ownership, RenderRequest request) {
  /** Rejects null. */
  public RenderOrder {
    requireNonNull(ownership, "ownership");
    requireNonNull(request, "request");
  }
}
