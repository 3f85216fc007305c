package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.answer.FunctionAnswer;
import dev.renderworker.remotion.answer.StartFailures;
import dev.renderworker.remotion.answer.StillAnswer;
import dev.renderworker.remotion.answer.StillFailures;
import dev.renderworker.remotion.request.RenderTarget;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Asks the function for renders, each of them once. */
final class Starter {
  private final Parcels parcels;
  private final Targets targets;

  Starter(Parcels parcels, Targets targets) {
    this.parcels = parcels;
    this.targets = targets;
  }

  RenderHandle start(StartRequest start) throws RemotionException {
    return ask(start, (answer, target, _) -> started(answer, target));
  }

  RenderedStill still(StartRequest still) throws RemotionException {
    return ask(still, (answer, target, took) -> finished(answer, still.render(), target, took));
  }

  private <T> T ask(StartRequest start, Reading<T> reading) throws RemotionException {
    try {
      try {
        return askInSession(start, reading);
      } catch (RemotionException e) {
        // The session has been renewed since it was refused, and nothing was started under it.
        if (e.failure().code() != ErrorCode.CREDENTIALS_INVALID) {
          throw e;
        }
        return askInSession(start, reading);
      }
    } catch (RemotionException e) {
      throw new RemotionException(targets.blame(e.failure(), start.render()), e);
    }
  }

  private <T> T askInSession(StartRequest start, Reading<T> reading) throws RemotionException {
    RenderTarget target = targets.of(start.render());
    try {
      return ask(start, target, reading);
    } catch (RemotionException e) {
      RenderTarget other =
          targets.insteadOf(target, e.failure().code(), start.render()).orElseThrow(() -> e);
      return ask(start, other, reading);
    }
  }

  private <T> T ask(StartRequest start, RenderTarget target, Reading<T> reading)
      throws RemotionException {
    RegionClients clients = targets.clients(target);
    Parcel parcel = parcels.pack(start, target, clients.s3());
    try {
      long begun = System.nanoTime();
      FunctionAnswer answer =
          FunctionCall.once(
              clients.once(),
              target.functionName(),
              parcel.payload(),
              new Dispatch(start.goAhead()));
      return reading.read(answer, target, Duration.ofNanos(System.nanoTime() - begun));
    } catch (RemotionException e) {
      if (!(e.failure() instanceof Failure.Uncertain)) {
        parcels.discard(parcel, target, clients.s3());
      }
      throw e;
    }
  }

  private static RenderHandle started(FunctionAnswer answer, RenderTarget target)
      throws RemotionException {
    if (answer instanceof FunctionAnswer.Success success
        && success.body().path("renderId").isString()) {
      return handle(success.body(), target);
    }
    throw new RemotionException(StartFailures.of(answer));
  }

  private static RenderedStill finished(
      FunctionAnswer answer, RenderRequest request, RenderTarget target, Duration took)
      throws RemotionException {
    if (answer instanceof FunctionAnswer.Success success
        && success.body().path("renderId").isString()
        && success.body().path("outKey").isString()) {
      RenderHandle render = handle(success.body(), target);
      return new RenderedStill(render, StillAnswer.output(success.body(), request, render, took));
    }
    throw new RemotionException(StillFailures.of(answer));
  }

  private static RenderHandle handle(JsonNode answer, RenderTarget target) {
    return new RenderHandle(
        answer.path("renderId").stringValue(),
        answer.path("bucketName").asString(target.bucketName().orElse("")),
        target.functionName(),
        target.region());
  }

  /** Makes of an answer what was asked for. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(FunctionAnswer answer, RenderTarget target, Duration took) throws RemotionException;
  }
}
