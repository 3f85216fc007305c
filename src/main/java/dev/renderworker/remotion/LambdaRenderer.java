package dev.renderworker.remotion;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.worker.OrphanSearch;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.Renderer;
import dev.renderworker.worker.Sighting;
import dev.renderworker.worker.StartOutcome;
import dev.renderworker.worker.Turns;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Remotion on Lambda as the worker's renderer. Blocks; may be used by any number of threads.
 *
 * <p>What a service says comes back as a value; each of its clients is made when first needed.
 */
public final class LambdaRenderer implements Renderer, AutoCloseable {
  private final ClientPool pool;
  private final Turns starts;
  private final Turns looks;
  private final Targets targets;
  private final Starter starter;
  private final Follower follower;
  private final OrphanFinder orphans;

  /**
   * Makes one that uses nothing yet.
   *
   * @param random names uploaded input props; two workers must not share its sequence
   */
  public LambdaRenderer(
      RemotionSettings settings, AwsAccess access, InstantSource clock, RandomGenerator random) {
    this(settings, new ClientPool(access), clock, random);
  }

  LambdaRenderer(
      RemotionSettings settings, ClientPool pool, InstantSource clock, RandomGenerator random) {
    this.pool = pool;
    starts = new Turns(pool.connections());
    looks = new Turns(pool.connections());
    FunctionVersions versions = new FunctionVersions(clock);
    targets = new Targets(settings, pool, versions, clock);
    starter = new Starter(new Parcels(new Payloads(settings), new PropsStore(random)), targets);
    follower =
        new Follower(
            pool,
            new ProgressReader(pool, versions),
            new RenderJudge(settings.lateLaunch()),
            clock);
    orphans = new OrphanFinder(targets, settings.lateLaunch(), clock);
  }

  @Override
  public StartOutcome start(RenderOrder order) {
    return starts.take(() -> starter.start(order));
  }

  @Override
  public OrphanSearch findOrphan(RenderOrder order, Instant since) {
    return orphans.find(order, since);
  }

  @Override
  public Sighting look(RenderHandle render, Instant startedAt) {
    return looks.take(() -> follower.look(render, startedAt));
  }

  @Override
  public Optional<Failure> cancel(RenderHandle render) {
    return follower.cancel(render);
  }

  @Override
  public Optional<Failure> check() {
    return targets.check();
  }

  @Override
  public void close() {
    pool.close();
  }
}
