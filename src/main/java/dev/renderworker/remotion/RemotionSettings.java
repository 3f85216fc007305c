package dev.renderworker.remotion;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What applies to every render whose message does not say otherwise.
 *
 * @param region where functions and buckets are, such as {@code us-east-1}
 * @param defaults function, site and bucket
 * @param enableCancellation whether renders are started so that they can be cancelled; costs about
 *     one S3 request a second for each function that renders (Remotion Lambda protocol, 7)
 * @param lateLaunch how long after a render should have been over its start may still come: AWS can
 *     deliver the launch late, up to the function's maximum event age (same, 10.4)
 */
public record RemotionSettings(
    String region, Defaults defaults, boolean enableCancellation, Duration lateLaunch) {
  /** Rejects null and a negative duration. */
  public RemotionSettings {
    requireNonNull(region, "region");
    requireNonNull(defaults, "defaults");
    if (lateLaunch.isNegative()) {
      throw new IllegalArgumentException("lateLaunch: not below zero, not " + lateLaunch);
    }
  }

  /**
   * What a message may leave out.
   *
   * @param functionName the render function; discovered by its name where empty
   * @param serveUrl the site, as a URL or a site name
   * @param bucketName the render bucket; discovered by its name where empty
   */
  public record Defaults(
      Optional<String> functionName, Optional<String> serveUrl, Optional<String> bucketName) {
    /** Rejects null. */
    public Defaults {
      requireNonNull(functionName, "functionName");
      requireNonNull(serveUrl, "serveUrl");
      requireNonNull(bucketName, "bucketName");
    }
  }
}
