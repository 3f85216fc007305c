package dev.renderworker.remotion.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How Lambda and S3 are reached.
 *
 * @param credentials of the role that may invoke the function and use the bucket
 * @param renewal asks for other credentials; run when a service refuses the present ones, any
 *     number of times, from any thread
 * @param lambdaEndpoint instead of the SDK's own choice, which follows {@code AWS_ENDPOINT_URL*}
 * @param s3Endpoint the same for S3
 * @param maxConnections of each of the two connection pools
 */
public record AwsAccess(
    AwsCredentialsProvider credentials,
    Runnable renewal,
    Optional<URI> lambdaEndpoint,
    Optional<URI> s3Endpoint,
    int maxConnections) {
  /** Rejects null and fewer than one connection. */
  public AwsAccess {
    requireNonNull(credentials, "credentials");
    requireNonNull(renewal, "renewal");
    requireNonNull(lambdaEndpoint, "lambdaEndpoint");
    requireNonNull(s3Endpoint, "s3Endpoint");
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections: from 1, not " + maxConnections);
    }
  }
}
