package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The render function. Nothing here throws for what a service says: it comes back as a value. */
public interface Renderer {

  /**
   * Asks for a render, once: nothing is retried that could start a second one.
   *
   * @param stillOurs asked when all is ready, right before the request leaves; it stays here when
   *     the job may have become another worker's, and the outcome is {@code Throttled}
   */
  StartOutcome start(RenderOrder order, BooleanSupplier stillOurs);

  /**
   * Looks for a render that an earlier try of the same order started, without its answer having
   * arrived.
   *
   * @param since when that try began
   * @param leftBy when its request had left for sure, if it did
   */
  OrphanSearch findOrphan(RenderOrder order, Instant since, Instant leftBy);

  /**
   * Looks at a render.
   *
   * @param startedAt when this attempt of the job was claimed
   */
  Sighting look(RenderOrder order, RenderHandle render, Instant startedAt);

  /**
   * Looks for the output that an earlier render of the same order left at the one place for it,
   * after a render has ended for finding one there.
   *
   * @param exists what it ended with; that it stays where the order has no such place
   */
  Sighting earlierOutput(RenderOrder order, RenderHandle render, Failure.OfJob exists);

  /** Asks a render to end; whether and when it does, the next looks show. */
  Optional<Failure> cancel(RenderHandle render);

  /** Whether renders can be started at all: role, function and bucket answer. Starts nothing. */
  Optional<Failure> check();
}
