package dev.renderworker.local.remotion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code renderMetadata} of a media render (Remotion Lambda protocol, 5.2). */
record RenderMetadata(Render render) {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;

  ObjectNode json() {
    StartRequest start = render.request();
    Frames frames = render.frames();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("outputFileIsConditional", start.isAbsentOrNull("outName"))
        .put("startedDate", render.claimedStart().toEpochMilli())
        .put("totalChunks", frames.chunks())
        .put("estimatedTotalLambdaInvokations", frames.chunks() + 1)
        .put("estimatedRenderLambdaInvokations", frames.chunks())
        .put("compositionId", start.text("composition"))
        .put("siteId", start.text("serveUrl"));
    copy(json, "codec");
    json.put("type", "video");
    copy(json, "imageFormat", "inputProps");
    json.put("lambdaVersion", render.deployment().version())
        .put("framesPerLambda", frames.perChunk())
        .put("memorySizeInMb", render.deployment().function().memoryMb())
        .put("region", render.deployment().function().region())
        .put("renderId", render.id());
    if (!start.isAbsentOrNull("outName")) {
      json.set("outName", withoutCredentials(start.json().path("outName")));
    }
    copy(json, "privacy", "everyNthFrame");
    json.putArray("frameRange").add(frames.first()).add(frames.last());
    copy(json, "audioCodec", "deleteAfter", "numberOfGifLoops", "downloadBehavior");
    copy(json, "audioBitrate", "muted", "metadata");
    String function = render.deployment().function().name();
    double scale = start.json().path("scale").asDouble(1);
    json.put("functionName", function);
    json.putObject("dimensions")
        .put("width", Math.round(WIDTH * scale))
        .put("height", Math.round(HEIGHT * scale));
    json.put(
        "rendererFunctionName",
        start.isAbsentOrNull("rendererFunctionName")
            ? function
            : start.text("rendererFunctionName"));
    copy(json, "scale");
    return json;
  }

  private void copy(ObjectNode json, String... fields) {
    for (String field : fields) {
      JsonNode value = render.request().json().path(field);
      json.set(field, value.isMissingNode() ? json.nullNode() : value);
    }
  }

  private static JsonNode withoutCredentials(JsonNode outName) {
    if (outName instanceof ObjectNode place && place.has("s3OutputProvider")) {
      ObjectNode stripped = place.deepCopy();
      stripped
          .putObject("s3OutputProvider")
          .set("endpoint", place.path("s3OutputProvider").path("endpoint"));
      return stripped;
    }
    return outName;
  }
}
