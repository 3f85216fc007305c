package dev.renderworker.remotion.client;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What applies to every render whose request does not say otherwise.
 *
 * @param region where functions and buckets are, such as {@code us-east-1}
 * @param functionName the render function; discovered by its name where empty
 * @param serveUrl the site, as a URL or a site name
 * @param bucketName the render bucket of that region; discovered by its name where empty
 * @param enableCancellation whether renders are started so that they can be cancelled; costs about
 *     one S3 request a second for each function that renders (Remotion Lambda protocol, 7)
 */
public record RemotionDefaults(
    String region,
    Optional<String> functionName,
    Optional<String> serveUrl,
    Optional<String> bucketName,
    boolean enableCancellation) {
  /** Rejects null. */
  public RemotionDefaults {
    requireNonNull(region, "region");
    requireNonNull(functionName, "functionName");
    requireNonNull(serveUrl, "serveUrl");
    requireNonNull(bucketName, "bucketName");
  }
}
