package dev.renderworker.remotion.client;

import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.PointedText;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.answer.OutputLocation;
import dev.renderworker.remotion.answer.RenderProgress;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.remotion.request.Payloads;
import dev.renderworker.remotion.request.RequestRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A client for Remotion on Lambda: starts media renders, renders stills, follows and cancels.
 *
 * <p>Blocks; may be used by any number of threads. Each region's SDK clients are made when they are
 * first needed.
 *
 * {@snippet :
 * try (var remotion = new RemotionClient(defaults, NONE, access, clock, new Random())) {
 *   RenderHandle render = remotion.start(request, Map.of(), Optional.empty(), () -> true);
 *   switch (remotion.progress(render, request)) {
 *     case ProgressReading.Seen(RenderProgress progress, _) -> show(progress.extent().overall());
 *     case ProgressReading.Nothing(String why) -> show(why);
 *     case ProgressReading.Failed(Failure failure) -> show(failure.message());
 *   }
 * }
 * }
 */
public final class RemotionClient implements AutoCloseable {
  private final ClientPool pool;
  private final String region;
  private final InputObjects inputs;
  private final Targets targets;
  private final Starter starter;
  private final ProgressReader reader;
  private final StartedRenders startedRenders;
  private final Cancellation cancellation;

  /**
   * Makes one that uses nothing yet.
   *
   * @param inputs from where it reads input props that a request only points to
   * @param random names uploaded input props; two clients must not share its sequence
   */
  public RemotionClient(
      RemotionDefaults defaults,
      InputBuckets inputs,
      AwsAccess access,
      InstantSource clock,
      RandomGenerator random) {
    this(defaults, inputs, new ClientPool(access), clock, random);
  }

  RemotionClient(
      RemotionDefaults defaults,
      InputBuckets inputs,
      ClientPool pool,
      InstantSource clock,
      RandomGenerator random) {
    this.pool = pool;
    this.region = defaults.region();
    this.inputs = new InputObjects(inputs);
    FunctionVersions versions = new FunctionVersions(clock);
    targets = new Targets(defaults, pool, versions, clock);
    Payloads payloads = new Payloads(defaults.serveUrl(), defaults.enableCancellation());
    Parcels parcels = new Parcels(payloads, new PropsStore(random), new PointedProps(this.inputs));
    starter = new Starter(parcels, targets);
    reader = new ProgressReader(pool, versions, clock);
    startedRenders = new StartedRenders(targets);
    cancellation = new Cancellation(pool, clock);
  }

  /**
   * Starts a media render, once: nothing is repeated that could start a second one. Large input
   * props are put into the render's bucket first.
   *
   * @param request taken as valid, see {@link RequestRules#violations}
   * @param correlation added to the request's metadata; {@link #findStarted} finds the render by it
   * @param outputKey where in the render's bucket the output goes, whatever the request says; the
   *     render fails where there is one already
   * @param goAhead asked right before the request leaves; where it says no nothing is started, and
   *     the failure is {@code Throttled}
   * @throws RemotionException when no render was started, or, with a failure that is {@code
   *     Uncertain}, when one may have been
   */
  public RenderHandle start(
      RenderRequest request,
      Map<String, String> correlation,
      Optional<String> outputKey,
      BooleanSupplier goAhead)
      throws RemotionException {
    return starter.start(new StartRequest(request, correlation, outputKey, goAhead));
  }

  /**
   * Renders a still and waits for it; as long as the function may run, at most 15 minutes.
   *
   * @param request taken as valid, see {@link RequestRules#violations}
   * @param goAhead as for {@link #start}
   * @throws RemotionException as for {@link #start}
   */
  public RenderedStill still(RenderRequest request, BooleanSupplier goAhead)
      throws RemotionException {
    return starter.still(new StartRequest(request, Map.of(), Optional.empty(), goAhead));
  }

  /**
   * Reads what lies in one of the buckets that requests may point into, in the client's own region.
   *
   * @param limit in bytes
   * @throws RemotionException when nobody can say whether it is there
   */
  public PointedText input(ObjectPointer pointer, int limit) throws RemotionException {
    return inputs.read(pool.in(region).s3(), pointer, limit);
  }

  /**
   * Reads how far a media render is.
   *
   * @param request what was asked for: where the bucket is closed to us, the function needs the
   *     credentials of another provider of S3 again that the output went to
   */
  public ProgressReading progress(RenderHandle render, RenderRequest request) {
    return reader.read(render, request);
  }

  /** Looks for the output of a media render, whatever its progress says. */
  public OutputProbe output(RenderHandle render, RenderProgress progress) {
    return progress
        .metadata()
        .map(known -> OutputLocation.of(known, render))
        .map(location -> OutputProbe.look(pool.in(render.region()).s3(), location))
        .orElseGet(OutputProbe.Unknown::new);
  }

  /** Looks for an output in the bucket of a media render. */
  public OutputProbe output(RenderHandle render, String key) {
    return OutputProbe.look(
        pool.in(render.region()).s3(), new OutputLocation(render.bucketName(), key, true));
  }

  /**
   * Asks a media render to end. One that was not started with {@code enableCancellation} takes no
   * notice, and one that has begun to upload goes on.
   *
   * @throws RemotionException when the request could not be left in the bucket
   */
  public void cancel(RenderHandle render) throws RemotionException {
    cancellation.ask(render);
  }

  /**
   * Finds a media render whose start got lost on its way back. It shows once its main function has
   * validated the composition.
   *
   * @param correlation that {@link #start} was given
   * @param since when that was
   * @throws RemotionException when the bucket can't be searched
   */
  public Optional<RenderHandle> findStarted(
      RenderRequest request, Map<String, String> correlation, Instant since)
      throws RemotionException {
    return startedRenders.find(request, correlation, since);
  }

  /**
   * Asks function and bucket of requests that name none whether they are there. Starts nothing.
   *
   * @throws RemotionException when one of them does not answer
   */
  public void check() throws RemotionException {
    targets.check();
  }

  @Override
  public void close() {
    pool.close();
  }
}
