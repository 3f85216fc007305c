package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderRequest;
import java.time.Instant;

/**
 * What a worker writes when it takes a job to start a render.
 *
 * @param ownership job, owner and the attempt that begins
 * @param earlierAttempts how many of the attempts before belong to earlier rounds
 * @param delivery the message that brought the job
 * @param request what it asks for
 * @param at now
 */
public record Claim(
    Ownership ownership,
    int earlierAttempts,
    Delivery delivery,
    RenderRequest request,
    Instant at) {
  /** Rejects null. */
  public Claim {
    requireNonNull(ownership, "ownership");
    requireNonNull(delivery, "delivery");
    requireNonNull(request, "request");
    requireNonNull(at, "at");
  }

  Claim at(Instant later) {
    return new Claim(ownership, earlierAttempts, delivery, request, later);
  }
}
