package dev.renderworker.local.remotion;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry of {@code errors}.
 *
 * @param type {@code renderer} or {@code stitcher}
 * @param name the JavaScript error's name
 * @param message its message; that of a stitcher is the whole stack of what went wrong below
 * @param chunk the chunk, or -1
 * @param survived whether the chunk was rendered again
 */
record RenderError(String type, String name, String message, int chunk, boolean survived) {
  static final String CANCELLED = "renderMedia() got cancelled";

  static RenderError ofChunk(String name, String message, int chunk) {
    return new RenderError("renderer", name, message, chunk, false);
  }

  static RenderError ofMain(String name, String message) {
    return new RenderError("stitcher", name, message, -1, false);
  }

  /** What the main function makes of it: its message is this one's stack. */
  RenderError inMain() {
    return ofMain("Error", stack());
  }

  RenderError inChunk(int other) {
    return new RenderError(type, name, message, other, survived);
  }

  RenderError survivedByRetry() {
    return new RenderError(type, name, message, chunk, true);
  }

  private String stack() {
    return name
        + ": "
        + message
        + "\n    at render (/var/task/index.js:151:42810)"
        + "\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)";
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("message", message).put("stack", stack());
    if (chunk < 0) {
      json.putNull("chunk");
    } else {
      json.put("chunk", chunk);
    }
    json.putNull("frame").put("type", type).put("isFatal", !survived);
    if (message.startsWith("ENOSPC")) {
      json.putObject("tmpDir").put("total", 2_147_483_648L).putArray("files");
    } else {
      json.putNull("tmpDir");
    }
    return json.put("attempt", 1)
        .put("totalAttempts", type.equals("renderer") ? 2 : 1)
        .put("willRetry", survived);
  }
}
