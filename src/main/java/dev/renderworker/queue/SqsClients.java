package dev.renderworker.queue;

import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The two SQS clients of a worker. Each has its own connections, so that parked long polls never
 * keep a delete waiting.
 *
 * @param receiving for long polls only
 * @param working for everything else
 */
public record SqsClients(SqsClient receiving, SqsClient working) implements AutoCloseable {
  /** An answer to a long poll may come this much later than the poll asked for. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** At a stop, every message in flight is released at once and waits its turn. */
  private static final Duration ACQUIRE = Duration.ofSeconds(30);

  private static final int POLLS = 4;
  private static final int CALLS = 16;

  /**
   * Opens both; the endpoint is the SDK's, so {@code AWS_ENDPOINT_URL_SQS} is honoured.
   *
   * @param receiveWait the longest a receive waits for messages
   * @param observers hear of every call; stay open
   */
  public static SqsClients open(
      Region region,
      AwsCredentialsProvider credentials,
      Duration receiveWait,
      List<MetricPublisher> observers) {
    return new SqsClients(
        client(region, credentials, http(POLLS, receiveWait.plus(LATE)), observers),
        client(region, credentials, http(CALLS, ANSWER), observers));
  }

  private static Apache5HttpClient.Builder http(int connections, Duration answer) {
    return Apache5HttpClient.builder()
        .maxConnections(connections)
        .connectionTimeout(CONNECT)
        .connectionAcquisitionTimeout(ACQUIRE)
        .socketTimeout(answer);
  }

  private static SqsClient client(
      Region region,
      AwsCredentialsProvider credentials,
      Apache5HttpClient.Builder http,
      List<MetricPublisher> observers) {
    return SqsClient.builder()
        .region(region)
        .credentialsProvider(credentials)
        .httpClientBuilder(http)
        .overrideConfiguration(
            settings -> settings.retryStrategy(RetryMode.STANDARD).metricPublishers(observers))
        .build();
  }

  @Override
  public void close() {
    try (working) {
      receiving.close();
    }
  }
}
