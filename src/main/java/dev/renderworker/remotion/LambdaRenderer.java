package dev.renderworker.remotion;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.PointedText;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.answer.OutputLocation;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.remotion.client.OutputProbe;
import dev.renderworker.remotion.client.ProgressReading;
import dev.renderworker.remotion.client.RemotionClient;
import dev.renderworker.remotion.client.RemotionException;
import dev.renderworker.remotion.client.RenderedStill;
import dev.renderworker.remotion.request.RequestRules;
import dev.renderworker.worker.OrphanSearch;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.Renderer;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.Sighting;
import dev.renderworker.worker.StartOutcome;
import dev.renderworker.worker.StopSignal;
import dev.renderworker.worker.Turns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Remotion on Lambda as the worker's renderer. Blocks; may be used by any number of threads.
 *
 * <p>What a service says comes back as a value.
 */
public final class LambdaRenderer implements Renderer, AutoCloseable {
  /** It is held in memory for as long as its job is in flight, unlike input props. */
  private static final int LARGEST_BODY = 2 * 1024 * 1024;

  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Sighting STOPPING =
      new Sighting.Unseen(new Failure.Throttled(ErrorCode.SERVICE_UNAVAILABLE, "the worker stops"));

  private final RemotionClient client;
  private final RemotionSettings settings;
  private final RenderJudge judge;
  private final JobOutputs outputs;
  private final InstantSource clock;
  private final Turns starts;
  private final Turns looks;

  /**
   * Makes one that uses nothing yet.
   *
   * @param random names uploaded input props; two workers must not share its sequence
   * @param stop ends the wait of starts and looks for their turn
   */
  public LambdaRenderer(
      RemotionSettings settings,
      AwsAccess access,
      InstantSource clock,
      RandomGenerator random,
      StopSignal stop) {
    this.client =
        new RemotionClient(settings.defaults(), settings.inputBuckets(), access, clock, random);
    this.settings = settings;
    this.judge = new RenderJudge(settings.lateLaunch());
    this.outputs = new JobOutputs(settings.oneOutputPerJob());
    this.clock = clock;
    starts = new Turns(access.maxConnections(), stop);
    looks = new Turns(access.maxConnections(), stop);
  }

  @Override
  public StartOutcome start(RenderOrder order, BooleanSupplier stillOurs) {
    return starts
        .takeUnlessStopped(() -> ask(order, stillOurs))
        .orElseGet(StartOutcome.NotAsked::new);
  }

  private StartOutcome ask(RenderOrder order, BooleanSupplier stillOurs) {
    try {
      return switch (order.request().type()) {
        case MEDIA ->
            new StartOutcome.Started(
                client.start(
                    order.request(),
                    correlation(order.ownership()),
                    outputs.key(order),
                    stillOurs));
        case STILL -> {
          RenderedStill still = client.still(order.request(), stillOurs);
          yield new StartOutcome.Finished(still.render(), still.output());
        }
      };
    } catch (RemotionException e) {
      return new StartOutcome.NotStarted(e.failure());
    }
  }

  /** Under these names the render shows whose it is; see {@link RequestRules#RESERVED_METADATA}. */
  private static Map<String, String> correlation(Ownership ownership) {
    return Map.of(
        "jobId", ownership.jobId().value(), "attempt", Integer.toString(ownership.attempt()));
  }

  /** A still is over when its answer comes, and carries nothing to find it by. */
  @Override
  public OrphanSearch findOrphan(RenderOrder order, Instant since, Instant leftBy) {
    if (order.request().type() == RenderType.STILL) {
      return new OrphanSearch.None();
    }
    try {
      return client
          .findStarted(order.request(), correlation(order.ownership()), since)
          .<OrphanSearch>map(OrphanSearch.Found::new)
          .orElseGet(() -> absent(leftBy));
    } catch (RemotionException e) {
      return new OrphanSearch.Unknown(e.failure());
    }
  }

  private OrphanSearch absent(Instant leftBy) {
    return clock.instant().isBefore(leftBy.plus(settings.lateLaunch()).plus(SKEW))
        ? new OrphanSearch.NotYet()
        : new OrphanSearch.None();
  }

  @Override
  public Sighting look(RenderOrder order, RenderHandle render, Instant startedAt) {
    return looks
        .takeUnlessStopped(() -> judged(order.request(), render, startedAt))
        .orElse(STOPPING);
  }

  private Sighting judged(RenderRequest request, RenderHandle render, Instant startedAt) {
    return switch (client.progress(render, request)) {
      case ProgressReading.Seen seen ->
          judge.judge(seen, clock.instant(), () -> client.output(render, seen.progress()));
      case ProgressReading.Nothing(var why) ->
          judge.withoutProgress(render, startedAt, clock.instant(), why);
      case ProgressReading.Failed(var failure) -> new Sighting.Unseen(failure);
    };
  }

  @Override
  public Sighting earlierOutput(RenderOrder order, RenderHandle render, Failure.OfJob exists) {
    return outputs
        .key(order)
        .<Sighting>flatMap(
            key ->
                switch (client.output(render, key)) {
                  case OutputProbe.Present(var size, _) -> Optional.of(done(render, key, size));
                  // The function, which may look, has said that it is there.
                  case OutputProbe.Unknown _ -> Optional.of(done(render, key, 0));
                  case OutputProbe.Absent _ -> Optional.empty();
                })
        .orElseGet(() -> new Sighting.Ended(exists));
  }

  /** Which render made it, and at what cost, nobody can tell. */
  private static Sighting done(RenderHandle render, String key, long size) {
    var location = new OutputLocation(render.bucketName(), key, true);
    return new Sighting.Done(
        new RenderOutput(
            location.reportedAs(Optional.empty(), render.region()),
            size,
            new RenderOutput.Cost(BigDecimal.ZERO, Optional.empty(), ""),
            new RenderOutput.Work(0, 0, 0, Optional.empty())));
  }

  @Override
  public Optional<Failure> cancel(RenderHandle render) {
    return failureOf(() -> client.cancel(render));
  }

  @Override
  public Optional<Failure> check() {
    return failureOf(client::check);
  }

  private static Optional<Failure> failureOf(Call call) {
    try {
      call.make();
      return Optional.empty();
    } catch (RemotionException e) {
      return Optional.of(e.failure());
    }
  }

  /**
   * Reads a message body that a message only points to, as the SQS Extended Client sends it. Its
   * bucket is in the worker's own region.
   *
   * @throws ServiceUnavailableException when nobody can say whether it is there
   */
  public PointedText body(ObjectPointer pointer) {
    return looks.take(() -> read(pointer));
  }

  private PointedText read(ObjectPointer pointer) {
    try {
      return client.input(pointer, LARGEST_BODY);
    } catch (RemotionException e) {
      throw new ServiceUnavailableException(
          "The message's body can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** A call that answers nothing. */
  @FunctionalInterface
  private interface Call {
    void make() throws RemotionException;
  }
}
