package dev.renderworker.remotion;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.StartOutcome;
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

  StartOutcome start(RenderOrder order) {
    try {
      RenderTarget target = targets.of(order.request());
      try {
        return ask(order, target);
      } catch (CallFailedException e) {
        // The function was deployed anew under its name, and has certainly started nothing.
        if (e.failure().code() != ErrorCode.VERSION_MISMATCH) {
          throw e;
        }
        return ask(order, targets.refreshed(target));
      }
    } catch (CallFailedException e) {
      return new StartOutcome.NotStarted(targets.blame(e.failure(), order.request()));
    }
  }

  private StartOutcome ask(RenderOrder order, RenderTarget target) throws CallFailedException {
    RegionClients clients = targets.clients(target);
    Parcel parcel = parcels.pack(order, target, clients.s3());
    try {
      long begun = System.nanoTime();
      FunctionAnswer answer =
          FunctionCall.once(clients.once(), target.functionName(), parcel.payload());
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return switch (order.request().type()) {
        case MEDIA -> started(answer, target);
        case STILL -> finished(answer, order, target, took);
      };
    } catch (CallFailedException e) {
      if (!(e.failure() instanceof Failure.Uncertain)) {
        parcels.discard(parcel, target, clients.s3());
      }
      throw e;
    }
  }

  private static StartOutcome started(FunctionAnswer answer, RenderTarget target)
      throws CallFailedException {
    if (answer instanceof FunctionAnswer.Success success
        && success.body().path("renderId").isString()) {
      return new StartOutcome.Started(handle(success.body(), target));
    }
    throw new CallFailedException(StartFailures.of(answer));
  }

  private static StartOutcome finished(
      FunctionAnswer answer, RenderOrder order, RenderTarget target, Duration took)
      throws CallFailedException {
    if (answer instanceof FunctionAnswer.Success success
        && success.body().path("renderId").isString()
        && success.body().path("outKey").isString()) {
      RenderHandle render = handle(success.body(), target);
      return new StartOutcome.Finished(
          render, StillAnswer.output(success.body(), order.request(), render, took));
    }
    throw new CallFailedException(StillFailures.of(answer));
  }

  private static RenderHandle handle(JsonNode answer, RenderTarget target) {
    return new RenderHandle(
        answer.path("renderId").stringValue(),
        answer.path("bucketName").asString(target.bucketName().orElse("")),
        target.functionName(),
        target.region());
  }
}
