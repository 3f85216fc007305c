package dev.renderworker.remotion;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The function that a render is asked from.
 *
 * @param version the function's own; each request has to carry it exactly
 * @param bucketName the render bucket; empty leaves the choice to the function
 */
record RenderTarget(
    String region, String functionName, String version, Optional<String> bucketName) {
  RenderTarget {
    requireNonNull(region, "region");
    requireNonNull(functionName, "functionName");
    requireNonNull(version, "version");
    requireNonNull(bucketName, "bucketName");
  }

  RenderTarget withVersion(String other) {
    return new RenderTarget(region, functionName, other, bucketName);
  }
}
