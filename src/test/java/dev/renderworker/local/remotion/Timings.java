package dev.renderworker.local.remotion;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** When the chunks of a render began and ended. */
record Timings(Render render) {
  ArrayNode json(int chunks) {
    ArrayNode timings = JsonNodeFactory.instance.arrayNode();
    for (int chunk = 0; chunk < chunks; chunk++) {
      timings
          .addObject()
          .put("chunk", chunk)
          .put("start", start())
          .put("rendered", start() + millis());
    }
    return timings;
  }

  ArrayNode mostExpensive() {
    ArrayNode ranges = JsonNodeFactory.instance.arrayNode();
    Frames frames = render.frames();
    for (int chunk = 0; chunk < Math.min(5, frames.chunks()); chunk++) {
      ranges
          .addObject()
          .put("timeInMilliseconds", millis())
          .put("chunk", chunk)
          .putArray("frameRange")
          .add(frames.firstOf(chunk))
          .add(frames.lastOf(chunk));
    }
    return ranges;
  }

  long start() {
    return render.span().at(Milestones.INVOKED).toEpochMilli();
  }

  long millis() {
    return Math.round(render.span().length().toMillis() * 0.75);
  }
}
