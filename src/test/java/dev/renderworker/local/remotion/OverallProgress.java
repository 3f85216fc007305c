package dev.renderworker.local.remotion;

import tools.jackson.databind.JsonNode;

/** The one number that sums up a render (Remotion Lambda protocol, 5.3). */
record OverallProgress(StatusInput input) {
  double value() {
    JsonNode progress = input.progress();
    double opened = progress.path("serveUrlOpened").isNumber() ? 1 : 0;
    double validated = progress.path("compositionValidated").isNumber() ? 1 : 0;
    double invoked = progress.path("lambdasInvoked").asInt(0);
    double evaluated = ((invoked > 0 ? 1 : 0) + opened + validated) / 3;
    if (!input.metadata().isObject()) {
      return 0.1 * evaluated;
    }
    double frames = input.frames();
    double expected = input.metadata().path("estimatedRenderLambdaInvokations").asInt(1);
    return 0.1 * evaluated
        + 0.1 * progress.path("framesEncoded").asInt(0) / frames
        + 0.1 * invoked / expected
        + 0.6 * progress.path("framesRendered").asInt(0) / frames
        + 0.1 * progress.path("combinedFrames").asDouble(0) / frames;
  }
}
