package dev.renderworker.remotion.answer;

import dev.renderworker.remotion.request.Codec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What the main function noted about a media render after it had validated the composition
 * (Remotion Lambda protocol, 5.2).
 */
public record RenderMetadata(JsonNode json) {

  /** The metadata within a progress file or a status; empty while there is none. */
  public static Optional<RenderMetadata> in(JsonNode progress) {
    JsonNode metadata = progress.path("renderMetadata");
    return metadata.isObject() ? Optional.of(new RenderMetadata(metadata)) : Optional.empty();
  }

  /** Whether it is of a still, which has no progress. */
  public boolean isOfStill() {
    return json.path("type").asString("").equals("still");
  }

  /** When the main function began. */
  public Instant startedAt() {
    return Instant.ofEpochMilli(json.path("startedDate").asLong(0));
  }

  int totalChunks() {
    return json.path("totalChunks").asInt(0);
  }

  /** How many functions render chunks; 0 when the main function does it all. */
  int renderFunctions() {
    return json.path("estimatedRenderLambdaInvokations").asInt(0);
  }

  /** How many frames are rendered. */
  int frames() {
    int first = json.path("frameRange").path(0).asInt(0);
    int last = json.path("frameRange").path(1).asInt(0);
    return Math.floorDiv(last - first, Math.max(1, json.path("everyNthFrame").asInt(1))) + 1;
  }

  /** How far a render is. Most of the time that a frame takes is its rendering. */
  RenderProgress.Extent extent(double overall, RenderProgress.Work work) {
    RenderProgress.Frames done = work.frames();
    double rendered = (6.0 * done.rendered() + done.encoded()) / (7.0 * frames());
    return new RenderProgress.Extent(overall, rendered, done.combined() / frames(), work);
  }

  /** Whether the output is only written where there was none before. */
  public boolean outputIsNew() {
    return json.path("outputFileIsConditional").asBoolean(false);
  }

  Optional<Codec> codec() {
    return Codec.named(json.path("codec").asString(""));
  }

  Optional<String> audioCodec() {
    return text("audioCodec");
  }

  /** Absent, a string or an object. */
  JsonNode outName() {
    return json.path("outName");
  }

  Optional<FunctionName> mainFunction() {
    return text("functionName").flatMap(FunctionName::parse);
  }

  /** The main function's memory. */
  int memoryInMb() {
    return json.path("memorySizeInMb")
        .asInt(mainFunction().map(FunctionName::memoryInMb).orElse(0));
  }

  /** The memory of the functions that render chunks. */
  int rendererMemoryInMb() {
    return text("rendererFunctionName")
        .flatMap(FunctionName::parse)
        .map(FunctionName::memoryInMb)
        .orElseGet(this::memoryInMb);
  }

  String region() {
    return json.path("region").asString("");
  }

  /** The function that started the render. */
  public String functionName() {
    return json.path("functionName").asString("");
  }

  /** Whether the render was started with these in its metadata. */
  public boolean carries(Map<String, String> correlation) {
    JsonNode metadata = json.path("metadata");
    return correlation.entrySet().stream()
        .allMatch(entry -> metadata.path(entry.getKey()).asString("").equals(entry.getValue()));
  }

  private Optional<String> text(String field) {
    return Optional.of(json.path(field)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }
}
