package dev.renderworker.remotion.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * How Lambda and S3 are reached.
 *
 * @param credentials of the role that may invoke the function and use the bucket
 * @param renewal asks for other credentials; run when a service refuses the present ones, any
 *     number of times, from any thread
 * @param endpoints where they are
 * @param maxConnections of each of the two connection pools
 * @param observers hear of every call; stay open
 */
public record AwsAccess(
    AwsCredentialsProvider credentials,
    Runnable renewal,
    Endpoints endpoints,
    int maxConnections,
    List<MetricPublisher> observers) {
  /** Rejects null and fewer than one connection. */
  public AwsAccess {
    requireNonNull(credentials, "credentials");
    requireNonNull(renewal, "renewal");
    requireNonNull(endpoints, "endpoints");
    observers = List.copyOf(observers);
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections: from 1, not " + maxConnections);
    }
  }

  /**
   * Where the services are.
   *
   * @param lambda instead of the SDK's own choice, which follows {@code AWS_ENDPOINT_URL*}
   * @param s3 the same for S3
   */
  public record Endpoints(Optional<URI> lambda, Optional<URI> s3) {
    /** The SDK's own choice. */
    public static final Endpoints STANDARD = new Endpoints(Optional.empty(), Optional.empty());

    /** Rejects null. */
    public Endpoints {
      requireNonNull(lambda, "lambda");
      requireNonNull(s3, "s3");
    }
  }
}
