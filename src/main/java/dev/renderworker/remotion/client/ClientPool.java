package dev.renderworker.remotion.client;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.LambdaClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the clients of a region when they are first needed, and closes all of them. */
final class ClientPool implements AutoCloseable {
  /** Above the longest run of a function, 15 minutes: an answer is worth waiting for. */
  private static final Duration LONGEST_ROUTINE = Duration.ofMinutes(15).plusSeconds(30);

  private static final Duration SHORT_CALL = Duration.ofSeconds(30);

  private final AwsAccess access;
  private final SdkHttpClient longHttp;
  private final SdkHttpClient shortHttp;
  private final ConcurrentHashMap<String, RegionClients> regions = new ConcurrentHashMap<>();

  ClientPool(AwsAccess access) {
    this(access, LONGEST_ROUTINE);
  }

  ClientPool(AwsAccess access, Duration longestRoutine) {
    this.access = access;
    this.longHttp = http(longestRoutine);
    this.shortHttp = http(SHORT_CALL);
  }

  private SdkHttpClient http(Duration socketTimeout) {
    return Apache5HttpClient.builder()
        .maxConnections(access.maxConnections())
        .socketTimeout(socketTimeout)
        .connectionTimeout(Duration.ofSeconds(5))
        .connectionAcquisitionTimeout(Duration.ofSeconds(30))
        .connectionMaxIdleTime(Duration.ofSeconds(20))
        .build();
  }

  /** Of each of the two connection pools. */
  int connections() {
    return access.maxConnections();
  }

  RegionClients in(String region) {
    return regions.computeIfAbsent(region, this::open);
  }

  private RegionClients open(String region) {
    LambdaClient once =
        lambda(region, longHttp)
            .overrideConfiguration(
                o ->
                    renewing(o)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(Dispatch.interceptor()))
            .build();
    return new RegionClients(region, once, lambda(region, shortHttp).build(), s3(region));
  }

  private LambdaClientBuilder lambda(String region, SdkHttpClient http) {
    LambdaClientBuilder builder = placed(LambdaClient.builder(), region).httpClient(http);
    access.endpoints().lambda().ifPresent(builder::endpointOverride);
    return builder;
  }

  /**
   * Path style and plain bodies work with AWS and with every stand-in for it; our objects are small
   * JSON documents whose signature covers the body.
   */
  private S3Client s3(String region) {
    var builder =
        placed(S3Client.builder(), region)
            .httpClient(shortHttp)
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    access.endpoints().s3().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private <B extends AwsClientBuilder<B, ?>> B placed(B builder, String region) {
    return builder
        .region(Region.of(region))
        .credentialsProvider(access.credentials())
        .overrideConfiguration(override -> renewing(override));
  }

  private ClientOverrideConfiguration.Builder renewing(
      ClientOverrideConfiguration.Builder builder) {
    return builder
        .metricPublishers(access.observers())
        .addExecutionInterceptor(new RefusedCredentials(access.renewal()));
  }

  @Override
  public void close() {
    regions.values().forEach(RegionClients::close);
    longHttp.close();
    shortHttp.close();
  }
}
