package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Tries;
import java.time.Instant;

/**
 * What a worker writes when it takes a job to start a render.
 *
 * @param ownership job, owner and the attempt that begins
 * @param tries the attempt that begins included
 * @param delivery the message that brought the job
 * @param request what it asks for
 * @param at now
 */
public record Claim(
    Ownership ownership, Tries tries, Delivery delivery, RenderRequest request, Instant at) {
  /** Rejects null. */
  public Claim {
    requireNonNull(ownership, "ownership");
    requireNonNull(tries, "tries");
    requireNonNull(delivery, "delivery");
    requireNonNull(request, "request");
    requireNonNull(at, "at");
    if (ownership.attempt() != tries.attempt()) {
      throw new IllegalArgumentException(ownership + " of " + tries);
    }
  }

  Claim at(Instant later) {
    return new Claim(ownership, tries, delivery, request, later);
  }
}
