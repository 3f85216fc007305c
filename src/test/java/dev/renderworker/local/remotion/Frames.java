package dev.renderworker.local.remotion;

import tools.jackson.databind.JsonNode;

/**
 * The frames of a render and how they are cut into chunks (Remotion Lambda protocol, 2.4).
 *
 * @param first the first frame
 * @param last the last frame, inclusive
 * @param count how many of them are rendered
 * @param perChunk how many a chunk has
 */
record Frames(int first, int last, int count, int perChunk) {
  private static final int COMPOSITION_LENGTH = 45;

  static Frames of(JsonNode start) {
    JsonNode range = start.path("frameRange");
    int first = number(range.isArray() ? range.path(0) : range, 0);
    int last = range.isInt() ? first : number(range.path(1), COMPOSITION_LENGTH - 1);
    int step = Math.max(1, number(start.path("everyNthFrame"), 1));
    int count = Math.max(1, (last - first) / step + 1);
    return new Frames(first, last, count, perChunk(start, count));
  }

  private static int number(JsonNode node, int otherwise) {
    return node.isInt() ? node.intValue() : otherwise;
  }

  private static int perChunk(JsonNode start, int count) {
    int least = Math.min(5, count);
    int chunks = Math.max(1, number(start.path("concurrency"), Math.ceilDiv(count, 20)));
    return number(start.path("framesPerLambda"), Math.max(Math.ceilDiv(count, chunks), least));
  }

  int chunks() {
    return Math.ceilDiv(count, perChunk);
  }

  /** The frames of a chunk, both inclusive; for the frame step 1. */
  int firstOf(int chunk) {
    return first + chunk * perChunk;
  }

  int lastOf(int chunk) {
    return Math.min(last, firstOf(chunk) + perChunk - 1);
  }
}
