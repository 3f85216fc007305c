package dev.renderworker.completion;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;

/**
 * How the target is reached.
 *
 * @param credentials the worker's own
 * @param endpoint instead of the SDK's own choice, which follows {@code AWS_ENDPOINT_URL*}
 * @param observers hear of every call; stay open
 */
record TargetAccess(
    AwsCredentialsProvider credentials, Optional<URI> endpoint, List<MetricPublisher> observers) {
  static final int CONNECTIONS = 16;

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(4);

  /** With the SDK's retries: a render's slot waits no longer than this. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  TargetAccess {
    requireNonNull(credentials, "credentials");
    requireNonNull(endpoint, "endpoint");
    observers = List.copyOf(observers);
  }

  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C open(
      B builder, String region) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(Region.of(region))
        .credentialsProvider(credentials)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER))
        .overrideConfiguration(
            settings ->
                settings
                    .retryStrategy(RetryMode.STANDARD)
                    .apiCallTimeout(LONGEST)
                    .metricPublishers(observers))
        .build();
  }
}
