package dev.renderworker.remotion.client;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.request.RenderTarget;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A render that is asked for.
 *
 * @param correlation shown again by its progress; a still has none
 * @param outputKey where in the render's bucket the output goes, whatever the request says
 * @param goAhead asked right before the request leaves
 */
record StartRequest(
    RenderRequest render,
    Map<String, String> correlation,
    Optional<String> outputKey,
    BooleanSupplier goAhead) {

  /** What the function is asked for. */
  RenderRequest placedIn(RenderTarget target) {
    return outputKey
        .map(key -> Map.of("bucketName", target.bucketName().orElseThrow(), "key", key))
        .map(
            outName -> {
              Map<String, Object> options = new LinkedHashMap<>(render.options());
              options.put("outName", outName);
              return new RenderRequest(
                  render.jobId(),
                  render.type(),
                  render.composition(),
                  options,
                  render.fingerprint());
            })
        .orElse(render);
  }
}
