package dev.renderworker.credentials;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** How STS is called. The endpoint is the SDK's, so {@code AWS_ENDPOINT_URL_STS} is honoured. */
final class StsClients {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int CONNECTIONS = 2;

  private StsClients() {}

  static StsClient open(
      Region region, AwsCredentialsProvider own, List<MetricPublisher> observers) {
    return StsClient.builder()
        .region(region)
        .credentialsProvider(own)
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT)
                .socketTimeout(ANSWER))
        .overrideConfiguration(
            overrides -> overrides.retryStrategy(RetryMode.STANDARD).metricPublishers(observers))
        .build();
  }
}
