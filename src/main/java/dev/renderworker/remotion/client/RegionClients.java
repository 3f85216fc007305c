package dev.renderworker.remotion.client;

import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of one region.
 *
 * @param once for what must not be repeated: one attempt, and patience for the longest routine
 * @param patient for what may be repeated: the SDK's own retries
 */
record RegionClients(String region, LambdaClient once, LambdaClient patient, S3Client s3)
    implements AutoCloseable {

  @Override
  public void close() {
    once.close();
    patient.close();
    s3.close();
  }
}
