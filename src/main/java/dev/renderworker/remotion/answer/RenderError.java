package dev.renderworker.remotion.answer;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An error of a render as its progress lists it (Remotion Lambda protocol, 4.4).
 *
 * @param type {@code renderer} for a chunk, {@code stitcher} for the whole, or webhook, artifact,
 *     browser
 * @param fatal whether it ended the render
 * @param chunk the chunk that it happened in; -1 for none
 */
public record RenderError(
    String type, String name, String message, String stack, boolean fatal, int chunk) {

  static RenderError of(JsonNode error) {
    return new RenderError(
        error.path("type").asString(""),
        error.path("name").asString(""),
        error.path("message").asString(""),
        error.path("stack").asString(""),
        error.path("isFatal").asBoolean(false) && !error.path("willRetry").asBoolean(false),
        error.path("chunk").asInt(-1));
  }

  /** Every error that a progress file or a status lists. */
  static List<RenderError> in(JsonNode progress) {
    return progress.path("errors").valueStream().map(RenderError::of).toList();
  }

  boolean ofChunk() {
    return type.equals("renderer");
  }

  /** The message without the stack that the stitcher puts behind it. */
  String reason() {
    return ofChunk() ? message.strip() : message.lines().findFirst().orElse("").strip();
  }

  /** What Remotion advises about it, where it knows (Remotion Lambda protocol, 5.3). */
  public Optional<ErrorAdvice> advice() {
    return ErrorAdvice.on(stack);
  }

  /** Everything that the error says, to be searched. */
  String text() {
    return name + ": " + message + "\n" + stack;
  }
}
