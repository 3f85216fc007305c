package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.remotion.Render.Deployment;
import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.s3.S3Object;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code status} (Remotion Lambda protocol, 4): reads the progress file and computes. */
final class StatusRoutine {
  private final RenderFarm farm;

  StatusRoutine(RenderFarm farm) {
    this.farm = farm;
  }

  FunctionOutcome answer(JsonNode payload, Deployment deployment) {
    Optional<String> version =
        new VersionRule(deployment).violation(payload, "getRenderProgress()");
    if (version.isPresent()) {
      return Answers.unhandled("Error", version.get());
    }
    ObjectStore store = farm.store();
    String bucket = payload.path("bucketName").asString("null");
    String renderId = payload.path("renderId").asString("undefined");
    if (!store.hasBucket(bucket)) {
      return Answers.unhandled("NoSuchBucket", "The specified bucket does not exist");
    }
    Optional<S3Object> file = store.find(bucket, "renders/" + renderId + "/progress.json");
    if (file.isEmpty()) {
      return Answers.unhandled("NoSuchKey", "The specified key does not exist.");
    }
    Optional<FunctionOutcome> thrown = farm.ledger().find(renderId).flatMap(StatusRoutine::thrown);
    return thrown.orElseGet(
        () -> {
          ObjectNode progress = (ObjectNode) JsonMapper.shared().readTree(file.get().bytes());
          StatusInput input =
              new StatusInput(
                  renderId, bucket, progress, deployment.function(), farm.clock().instant());
          return Answers.returned(new StatusAnswer(input, store).json());
        });
  }

  private static Optional<FunctionOutcome> thrown(Render render) {
    if (render.simulation() == Simulation.UNHANDLED_STATUS_ONCE && render.firstStatus()) {
      return Optional.of(Answers.unhandled("Error", "read ECONNRESET"));
    }
    return render.request().isAbsent("codec")
        ? Optional.of(
            Answers.unhandled(
                "TypeError", "Cannot read properties of undefined (reading 'default')"))
        : Optional.empty();
  }
}
