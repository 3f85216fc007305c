package dev.renderworker.local;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Clients as a worker on the instance has them: metadata service, then STS, then the role. */
final class SdkClients implements AutoCloseable {
  private final StandIns standIns;
  private final StsClient sts;
  private final StsAssumeRoleCredentialsProvider role;

  SdkClients(StandIns standIns) {
    this.standIns = standIns;
    sts = build(StsClient.builder(), LocalService.STS, instance());
    role =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .refreshRequest(
                request -> request.roleArn(LocalNames.ROLE_ARN).roleSessionName("render-worker"))
            .build();
  }

  AwsCredentialsProvider instance() {
    String endpoint = standIns.endpoint(LocalService.IMDS).toString();
    return InstanceProfileCredentialsProvider.builder().endpoint(endpoint).build();
  }

  AwsCredentialsProvider role() {
    return role;
  }

  StsClient sts() {
    return sts;
  }

  S3Client s3(AwsCredentialsProvider credentials) {
    return build(S3Client.builder(), LocalService.S3, credentials);
  }

  LambdaClient lambda(AwsCredentialsProvider credentials) {
    return build(LambdaClient.builder(), LocalService.LAMBDA, credentials);
  }

  /** A client that tries once, so that a test sees each error. */
  <B extends AwsClientBuilder<B, C>, C> C build(
      B builder, LocalService service, AwsCredentialsProvider credentials) {
    URI endpoint = standIns.endpoint(service);
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(LocalNames.REGION))
        .credentialsProvider(credentials)
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  @Override
  public void close() {
    role.close();
    sts.close();
  }
}
