package dev.renderworker.local.remotion;

import dev.renderworker.local.remotion.Render.Deployment;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The version of a request must be that of the function (Remotion Lambda protocol, 2.6). */
record VersionRule(Deployment deployment) {
  /** What is wrong, if anything. */
  Optional<String> violation(JsonNode payload, String caller) {
    String sent = payload.path("version").asString("");
    if (sent.equals(deployment.version())) {
      return Optional.empty();
    }
    return Optional.of(sent.isEmpty() ? missing(caller, payload) : wrong(caller, sent));
  }

  private String wrong(String caller, String sent) {
    return """
        Version mismatch: When calling %s, you passed %s as the function, which has the version %s, \
        but the @remotion/lambda package you used to invoke the function has version %s. Deploy a \
        new function and use it to call getRenderProgress(). See: \
        https://www.remotion.dev/docs/lambda/upgrading"""
        .formatted(caller, deployment.function().name(), deployment.version(), sent);
  }

  private String missing(String caller, JsonNode payload) {
    return """
        Version mismatch: When calling %1$s, you called the function %2$s which has the version \
        %3$s but the @remotion/lambda package sent an incompatible payload: %4$s. Expected it to \
        contain {version: %3$s}"""
        .formatted(caller, deployment.function().name(), deployment.version(), payload);
  }
}
