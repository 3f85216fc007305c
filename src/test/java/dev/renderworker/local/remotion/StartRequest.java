package dev.renderworker.local.remotion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.s3.S3Object;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The payload of {@code start} or {@code still}.
 *
 * @param json the payload
 * @param bucket the bucket that the render lives in
 * @param props the input props; empty object if they can't be read
 */
record StartRequest(JsonNode json, String bucket, JsonNode props) {
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "h264", "mp4", "h265", "mp4", "vp8", "webm", "vp9", "webm", "prores", "mov", "gif", "gif",
          "mp3", "mp3", "aac", "aac", "wav", "wav");

  static StartRequest of(JsonNode json, String bucket, ObjectStore store) {
    JsonNode props = JsonNodeFactory.instance.objectNode();
    try {
      String text = propsText(json.path("inputProps"), bucket, store).orElse("{}");
      props = JsonMapper.shared().readTree(text);
    } catch (JacksonException _) {
      // The launch finds out and says so.
    }
    return new StartRequest(json, bucket, props);
  }

  /** The props as JSON text; nothing if they were uploaded and are not there. */
  static Optional<String> propsText(JsonNode inputProps, String bucket, ObjectStore store) {
    if (inputProps.path("type").asString("").equals("payload")) {
      return Optional.of(inputProps.path("payload").asString("{}"));
    }
    return store
        .find(bucket, propsKey(inputProps))
        .map(S3Object::bytes)
        .map(bytes -> new String(bytes, UTF_8));
  }

  static String propsKey(JsonNode inputProps) {
    return "input-props/" + inputProps.path("hash").asString("undefined") + ".json";
  }

  String text(String field) {
    return json.path(field).asString("");
  }

  boolean isAbsent(String field) {
    return !json.has(field);
  }

  boolean isAbsentOrNull(String field) {
    return !json.hasNonNull(field);
  }

  /** How it shall go: the input prop, else the composition's id. */
  Simulation simulation() {
    return Simulation.named(props.path("simulate").asString(""))
        .or(() -> Simulation.named(text("composition")))
        .orElse(Simulation.NONE);
  }

  /** A number of seconds in the props. */
  Optional<Duration> seconds(String prop) {
    JsonNode seconds = props.path(prop);
    return seconds.isNumber()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.doubleValue() * 1000)))
        : Optional.empty();
  }

  /** By what the starts of one job are known to belong together. */
  String jobKey() {
    JsonNode jobId = json.path("metadata").path("jobId");
    return jobId.isString()
        ? jobId.stringValue()
        : text("composition") + " " + json.path("inputProps").path("payload").asString("");
  }

  String outputBucket() {
    return json.path("outName").path("bucketName").asString(bucket);
  }

  String outputKey(String renderId, String extension) {
    JsonNode outName = json.path("outName");
    if (outName.isObject()) {
      return outName.path("key").asString("");
    }
    String file = outName.isString() ? outName.stringValue() : "out." + extension;
    return "renders/" + renderId + "/" + file;
  }

  String videoExtension() {
    return EXTENSIONS.getOrDefault(text("codec"), "mp4");
  }
}
