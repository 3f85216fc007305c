package dev.renderworker.local;

import dev.renderworker.local.identity.Principal;
import dev.renderworker.local.identity.Session;
import dev.renderworker.local.identity.Sessions;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** SDK clients by which a test looks at the world without playing the worker; they try once. */
final class LocalClients implements AutoCloseable {
  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final LambdaClient lambda;

  LocalClients(Endpoints endpoints, Sessions sessions) {
    AwsCredentialsProvider anyone =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    AwsCredentialsProvider role = () -> asSdk(sessions);
    sqs = build(SqsClient.builder(), endpoints.uri(LocalService.SQS), anyone);
    dynamoDb = build(DynamoDbClient.builder(), endpoints.uri(LocalService.DYNAMODB), anyone);
    s3 = build(S3Client.builder(), endpoints.uri(LocalService.S3), role);
    lambda = build(LambdaClient.builder(), endpoints.uri(LocalService.LAMBDA), role);
  }

  private static <B extends AwsClientBuilder<B, C>, C> C build(
      B builder, URI endpoint, AwsCredentialsProvider credentials) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(LocalNames.REGION))
        .credentialsProvider(credentials)
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  private static AwsSessionCredentials asSdk(Sessions sessions) {
    Session session =
        sessions.issue(new Principal(LocalNames.ROLE, "inspection"), Duration.ofHours(1));
    return AwsSessionCredentials.create(
        session.accessKeyId(), session.secretAccessKey(), session.token());
  }

  SqsClient sqs() {
    return sqs;
  }

  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  S3Client s3() {
    return s3;
  }

  LambdaClient lambda() {
    return lambda;
  }

  @Override
  public void close() {
    sqs.close();
    dynamoDb.close();
    s3.close();
    lambda.close();
  }
}
