package dev.renderworker.local.remotion;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code postRenderData} of a finished render (Remotion Lambda protocol, 5.2). */
record PostRenderData(Render render, Timings timings) {
  ObjectNode json() {
    long length = render.span().length().toMillis();
    long start = render.span().start().toEpochMilli();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("cost")
        .put("currency", "USD")
        .put(
            "disclaimer",
            "Estimated cost for function invocations only. Does not include cost for storage and"
                + " data transfer.")
        .put("estimatedCost", 0.00026)
        .put("estimatedDisplayCost", "$0");
    json.put("outputFile", OutputObject.url(render)).put("timeToFinish", length);
    json.putArray("errors");
    int size = OutputObject.size(render);
    json.put("startTime", start)
        .put("endTime", start + length)
        .put("outputSize", size)
        .put("renderSize", size)
        .put("filesCleanedUp", 0)
        .put("timeToEncode", 630)
        .put("timeToCleanUp", 0)
        .put("timeToRenderChunks", timings.millis())
        .put("timeToRenderFrames", 2330)
        .putArray("retriesInfo");
    json.set("mostExpensiveFrameRanges", timings.mostExpensive());
    json.set("deleteAfter", render.request().json().path("deleteAfter"));
    json.put("estimatedBillingDurationInMilliseconds", timings.millis() * render.frames().chunks())
        .put("timeToCombine", 95)
        .putArray("artifactProgress");
    return json;
  }
}
