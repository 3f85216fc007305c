package dev.renderworker.credentials;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Who the worker is to AWS before it assumes a role: whatever the SDK's default chain finds, on EC2
 * the instance's profile. Renewed in the background.
 */
public final class WorkerIdentity implements AutoCloseable {
  private final DefaultCredentialsProvider provider =
      DefaultCredentialsProvider.builder().asyncCredentialUpdateEnabled(true).build();

  /** For the clients of everything that is the worker's own. */
  public AwsCredentialsProvider credentials() {
    return provider;
  }

  @Override
  public void close() {
    provider.close();
  }
}
