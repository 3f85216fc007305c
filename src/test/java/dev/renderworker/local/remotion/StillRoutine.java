package dev.renderworker.local.remotion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.remotion.Render.Deployment;
import dev.renderworker.local.remotion.Render.Span;
import dev.renderworker.local.s3.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code still}, not streamed (Remotion Lambda protocol, 6). */
final class StillRoutine {
  private final RenderFarm farm;

  StillRoutine(RenderFarm farm) {
    this.farm = farm;
  }

  FunctionOutcome answer(JsonNode payload, Deployment deployment) throws InterruptedException {
    Optional<String> version =
        new VersionRule(deployment).violation(payload, "renderStillOnLambda()");
    if (version.isPresent()) {
      return Answers.error("Error", version.get());
    }
    List<String> buckets = new BucketChoice(farm.store()).candidates(payload);
    if (buckets.size() != 1 || !farm.store().hasBucket(buckets.getFirst())) {
      return Answers.error("NoSuchBucket", "The specified bucket does not exist");
    }
    StartRequest request = StartRequest.of(payload, buckets.getFirst(), farm.store());
    farm.ledger().countStart(request.jobKey());
    Thread.sleep(request.seconds("renderSeconds").orElse(farm.defaults().stillTime()));
    return failure(request, deployment)
        .map(error -> Answers.error(error.name(), error.message()))
        .orElseGet(() -> Answers.returned(rendered(request, deployment)));
  }

  private Optional<RenderError> failure(StartRequest request, Deployment deployment) {
    Simulation simulation = request.simulation();
    boolean passed =
        simulation == Simulation.FLAKY_ONCE && farm.ledger().startsOf(request.jobKey()) > 1;
    if (simulation.where() != Simulation.Where.NOWHERE && !passed) {
      return Optional.of(RenderError.ofMain(simulation.errorName(), simulation.message()));
    }
    Span span = new Span(farm.clock().instant(), Duration.ZERO);
    Render probe = new Render("still", request, deployment, span, Simulation.NONE);
    return new LaunchChecks(farm.store(), farm.defaults().compositions()).firstStillFailure(probe);
  }

  private ObjectNode rendered(StartRequest request, Deployment deployment) {
    String id = RenderFarm.newId(request.json());
    String format = request.json().path("imageFormat").asString("png");
    String bucket = request.outputBucket();
    String key = request.outputKey(id, format);
    byte[] image = ("stand-in for a still of " + request.text("composition")).getBytes(UTF_8);
    StoredObject output = new StoredObject(image, "image/" + format, farm.clock().instant());
    farm.store().put(bucket, key, output);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "success")
        .put("output", OutputObject.url(deployment.function().region(), bucket, key))
        .put("outKey", key)
        .put("size", image.length)
        .put("sizeInBytes", image.length)
        .put("bucketName", bucket)
        .put("renderId", id);
    json.putObject("estimatedPrice")
        .put("accruedSoFar", 0.00002)
        .put("displayCost", "<$0.001")
        .put("currency", "USD")
        .put("disclaimer", "Estimated cost only. Does not include charges for other AWS services.");
    json.putArray("receivedArtifacts");
    return json;
  }
}
