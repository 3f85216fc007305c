package dev.renderworker.jobtable;

import static java.util.Objects.requireNonNull;

import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.Turns;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The two tables and the connections to them, shared by everything in this package. */
public final class Tables implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** At a stop, every job in flight is released at once and waits its turn. */
  private static final Duration ACQUIRE = Duration.ofSeconds(30);

  private final DynamoDbClient client;
  private final TableSettings settings;
  private final Turns turns;

  /**
   * Works on the tables through a client, which this one closes.
   *
   * @param connections that the client has, from 1
   */
  Tables(DynamoDbClient client, TableSettings settings, int connections) {
    this.client = requireNonNull(client, "client");
    this.settings = requireNonNull(settings, "settings");
    this.turns = new Turns(connections);
  }

  /**
   * Opens a client for the tables; its endpoint is the SDK's, so {@code AWS_ENDPOINT_URL_DYNAMODB}
   * is honoured.
   *
   * @param connections how many at most, from 1
   * @param observers hear of every call; stay open
   */
  public static Tables open(
      Region region,
      AwsCredentialsProvider credentials,
      TableSettings settings,
      int connections,
      List<MetricPublisher> observers) {
    return new Tables(
        DynamoDbClient.builder()
            .region(region)
            .credentialsProvider(credentials)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(connections)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(ACQUIRE)
                    .socketTimeout(ANSWER))
            .overrideConfiguration(
                overrides ->
                    overrides.retryStrategy(RetryMode.STANDARD).metricPublishers(observers))
            .build(),
        settings,
        connections);
  }

  DynamoDbClient client() {
    return client;
  }

  /** Whose turn it is to write. */
  Turns turns() {
    return turns;
  }

  TableSettings settings() {
    return settings;
  }

  /**
   * Makes a call: the one place where an exception of the SDK becomes one of the worker's.
   *
   * @param what it does, to complete "Could not …"
   * @throws ServiceUnavailableException when DynamoDB can't be reached or refuses
   */
  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (ResourceNotFoundException e) {
      throw new ServiceUnavailableException(
          "Could not "
              + what
              + ": the table, or its index, does not exist in this account and region; look at"
              + " JOBS_TABLE, WORKERS_TABLE and AWS_REGION",
          e);
    } catch (SdkException e) {
      throw new ServiceUnavailableException("Could not " + what + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
