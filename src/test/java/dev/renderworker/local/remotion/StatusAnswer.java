package dev.renderworker.local.remotion;

import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.s3.S3Object;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer of {@code status}; every top-level key is there in every state (19.10). */
record StatusAnswer(StatusInput input, ObjectStore store) {
  private static final String ESTIMATE =
      "Estimated cost only. Does not include charges for other AWS services.";

  // 2 GB on ARM: $0.0000133334 a GB-second (Remotion Lambda protocol, 12.4).
  private static final double USD_PER_MILLI = 2 * 0.0000133334 / 1000;

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    common(json);
    if (input.isDone()) {
      return done(json);
    }
    Optional<S3Object> recovered = recovered();
    running(json, errors());
    recovered.ifPresent(output -> recover(json, output));
    return json;
  }

  private void common(ObjectNode json) {
    JsonNode progress = input.progress();
    json.put("type", "success")
        .put("renderId", input.renderId())
        .put("bucket", input.bucket())
        .put("currentTime", input.now().toEpochMilli());
    for (String same :
        new String[] {
          "framesRendered",
          "lambdasInvoked",
          "renderMetadata",
          "timeoutTimestamp",
          "compositionValidated",
          "functionLaunched",
          "serveUrlOpened",
          "combinedFrames",
          "timeToCombine",
          "timeToEncode",
          "timeToRenderFrames"
        }) {
      json.set(same, progress.path(same));
    }
    ObjectNode encoding = json.putObject("encodingStatus");
    encoding.set("framesEncoded", progress.path("framesEncoded"));
    encoding.set("combinedFrames", progress.path("combinedFrames"));
    encoding.set("timeToCombine", progress.path("timeToCombine"));
    json.set("retriesInfo", progress.path("retries"));
    json.putArray("artifacts");
  }

  private void running(ObjectNode json, ArrayNode errors) {
    boolean fatal = false;
    for (JsonNode error : errors) {
      fatal |= error.path("isFatal").asBoolean(false) && !error.path("willRetry").asBoolean(false);
    }
    json.put("done", false)
        .put("fatalErrorEncountered", fatal)
        .put("chunks", input.chunksDone())
        .put("overallProgress", new OverallProgress(input).value())
        .put("renderSize", 0);
    json.set("errors", errors);
    json.putObject("costs")
        .put("accruedSoFar", input.billedMillis() * USD_PER_MILLI)
        .put("displayCost", "<$0.001")
        .put("currency", "USD")
        .put("disclaimer", ESTIMATE);
    json.putObject("cleanup").putNull("doneIn").put("minFilesToDelete", 0).put("filesDeleted", 0);
    for (String unknown :
        new String[] {
          "outputFile",
          "outKey",
          "outBucket",
          "outputSizeInBytes",
          "timeToFinish",
          "timeToFinishChunks",
          "mostExpensiveFrameRanges"
        }) {
      json.putNull(unknown);
    }
    long billed = input.billedMillis();
    if (billed > 0) {
      json.put("estimatedBillingDurationInMilliseconds", billed);
    } else {
      json.putNull("estimatedBillingDurationInMilliseconds");
    }
  }

  private ObjectNode done(ObjectNode json) {
    JsonNode post = input.progress().path("postRenderData");
    json.put("done", true)
        .put("fatalErrorEncountered", false)
        .put("overallProgress", 1)
        .put("chunks", input.metadata().path("totalChunks").asInt(0));
    json.set("errors", post.path("errors"));
    json.set("renderSize", post.path("renderSize"));
    json.set("outputFile", post.path("outputFile"));
    json.set("outputSizeInBytes", post.path("outputSize"));
    json.put("outKey", input.outputKey()).put("outBucket", input.outputBucket());
    json.set("timeToFinish", post.path("timeToFinish"));
    json.set("timeToFinishChunks", post.path("timeToRenderChunks"));
    json.set("mostExpensiveFrameRanges", post.path("mostExpensiveFrameRanges"));
    json.set(
        "estimatedBillingDurationInMilliseconds",
        post.path("estimatedBillingDurationInMilliseconds"));
    JsonNode cost = post.path("cost");
    ObjectNode costs = json.putObject("costs");
    costs.set("accruedSoFar", cost.path("estimatedCost"));
    costs.set("displayCost", cost.path("estimatedDisplayCost"));
    costs.set("currency", cost.path("currency"));
    costs.set("disclaimer", cost.path("disclaimer"));
    json.putObject("cleanup").put("doneIn", 0).put("minFilesToDelete", 0).put("filesDeleted", 0);
    return json;
  }

  private ArrayNode errors() {
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    timeout().ifPresent(error -> errors.add(explained(error.json())));
    for (JsonNode error : input.progress().path("errors")) {
      errors.add(explained((ObjectNode) error));
    }
    return errors;
  }

  private static ObjectNode explained(ObjectNode error) {
    return error.putNull("explanation").put("s3Location", "");
  }

  /** Remotion Lambda protocol, 4.5. */
  private Optional<RenderError> timeout() {
    boolean late = (input.isLaterThan(1) && !input.allChunksDone()) || input.isLaterThan(2);
    return late
        ? Optional.of(
            RenderError.ofMain(
                "TimeoutError",
                ("The main function timed out after %dms.\n\nConsider increasing the timeout of your"
                        + " function.")
                    .formatted(input.function().timeout().toMillis() - 1)))
        : Optional.empty();
  }

  /**
   * The output of a main function that died, or that is still uploading. With sound the real
   * function's count of chunks never fits, so it doesn't look (Remotion Lambda protocol, 5.3).
   */
  private Optional<S3Object> recovered() {
    boolean combined = input.progress().path("timeToCombine").isNumber();
    boolean looks =
        input.allChunksDone()
            && input.metadata().path("muted").asBoolean(false)
            && (combined || input.isLaterThan(2));
    return looks ? store.find(input.outputBucket(), input.outputKey()) : Optional.empty();
  }

  private void recover(ObjectNode json, S3Object output) {
    String region = input.function().region();
    json.put("done", true)
        .put("fatalErrorEncountered", false)
        .put("overallProgress", 1)
        .put("outKey", input.outputKey())
        .put("outBucket", input.outputBucket())
        .put("outputFile", OutputObject.url(region, input.outputBucket(), input.outputKey()))
        .put("outputSizeInBytes", output.bytes().length)
        .put("renderSize", output.bytes().length);
    json.putArray("errors");
  }
}
