package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

/**
 * Where a started render can be followed.
 *
 * @param renderId drawn by the render function
 * @param bucketName the bucket that holds the render's {@code progress.json}
 * @param functionName the function that started the render and is asked about it
 * @param region the region of function and bucket
 */
public record RenderHandle(String renderId, String bucketName, String functionName, String region) {
  /** Rejects null. */
  public RenderHandle {
    requireNonNull(renderId, "renderId");
    requireNonNull(bucketName, "bucketName");
    requireNonNull(functionName, "functionName");
    requireNonNull(region, "region");
  }
}
