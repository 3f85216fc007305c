package dev.renderworker.remotion.client;

import dev.renderworker.job.ErrorCode;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Has the credentials renewed when a service refuses them: the SDK keeps those that it believes to
 * hold still, and every call until their end would fail.
 */
record RefusedCredentials(Runnable renewal) implements ExecutionInterceptor {

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.exception() instanceof SdkException e
        && AwsFailures.of(e).code() == ErrorCode.CREDENTIALS_INVALID) {
      renewal.run();
    }
  }
}
