package dev.renderworker.remotion.request;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The function that a render is asked from.
 *
 * @param version the function's own; each request has to carry it exactly
 * @param bucketName the render bucket; empty leaves the choice to the function
 */
public record RenderTarget(
    String region, String functionName, String version, Optional<String> bucketName) {
  /** Rejects null. */
  public RenderTarget {
    requireNonNull(region, "region");
    requireNonNull(functionName, "functionName");
    requireNonNull(version, "version");
    requireNonNull(bucketName, "bucketName");
  }

  /** The same function, of another version. */
  public RenderTarget withVersion(String other) {
    return new RenderTarget(region, functionName, other, bucketName);
  }
}
