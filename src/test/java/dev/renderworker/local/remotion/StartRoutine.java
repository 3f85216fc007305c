package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.remotion.Render.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code start} (Remotion Lambda protocol, 2). */
final class StartRoutine {
  private static final int LARGEST_LAUNCH = 262_144;
  private static final List<String> LIVES = List.of("1-day", "3-days", "7-days", "30-days");

  private final RenderFarm farm;

  StartRoutine(RenderFarm farm) {
    this.farm = farm;
  }

  FunctionOutcome answer(JsonNode payload, Deployment deployment) throws InterruptedException {
    Optional<String> version =
        new VersionRule(deployment).violation(payload, "renderMediaOnLambda()");
    if (version.isPresent()) {
      return Answers.error("Error", version.get());
    }
    Optional<FunctionOutcome> refused = refusal(payload);
    if (refused.isPresent()) {
      return refused.get();
    }
    List<String> buckets = new BucketChoice(farm.store()).candidates(payload);
    if (buckets.size() > 1) {
      return Answers.error("Error", BucketChoice.multiple(buckets));
    }
    if (buckets.isEmpty() || !farm.store().hasBucket(buckets.getFirst())) {
      return Answers.error("NoSuchBucket", "The specified bucket does not exist");
    }
    return start(StartRequest.of(payload, buckets.getFirst(), farm.store()), deployment);
  }

  private static Optional<FunctionOutcome> refusal(JsonNode payload) {
    JsonNode serveUrl = payload.path("serveUrl");
    if (!serveUrl.isString()) {
      String what = serveUrl.isNull() ? "null" : "undefined";
      return typeError("Cannot read properties of " + what + " (reading 'startsWith')");
    }
    if (serveUrl.stringValue().startsWith("src/")) {
      return Optional.of(
          Answers.error(
              "Error",
              ("Remotion Lambda can only render based on a URL in the cloud. It seems like you passed a"
                      + " local file: %s. Read the setup guide for Remotion Lambda"
                      + " https://remotion.dev/docs/lambda/setup")
                  .formatted(serveUrl.stringValue())));
    }
    String deleteAfter = payload.path("deleteAfter").asString("");
    if (!deleteAfter.isEmpty() && !LIVES.contains(deleteAfter)) {
      return typeError(
          "Expected deleteAfter value to be one of %s, got %s"
              .formatted(String.join(", ", LIVES), deleteAfter));
    }
    String launch = payload.toString();
    return launch.length() > LARGEST_LAUNCH
        ? Optional.of(
            Answers.error(
                "Error",
                "Payload is too big: %d bytes. Maximum size is %d bytes. Payload: %s"
                    .formatted(launch.length(), LARGEST_LAUNCH, launch)))
        : Optional.empty();
  }

  private static Optional<FunctionOutcome> typeError(String message) {
    return Optional.of(Answers.error("TypeError", message));
  }

  private FunctionOutcome start(StartRequest request, Deployment deployment)
      throws InterruptedException {
    if (request.simulation() == Simulation.START_ERROR) {
      return Answers.error("TooManyRequestsException", "Rate Exceeded.");
    }
    Render render = farm.take(request, deployment);
    if (request.simulation() == Simulation.START_ERROR_BUT_LAUNCHED) {
      return Answers.error("SlowDown", "Please reduce your request rate.");
    }
    if (request.simulation() == Simulation.SLOW_START) {
      Thread.sleep(request.seconds("startSeconds").orElse(Duration.ofSeconds(5)));
    }
    return Answers.returned(
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "success")
            .put("bucketName", request.bucket())
            .put("renderId", render.id()));
  }
}
