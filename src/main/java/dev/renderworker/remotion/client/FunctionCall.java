package dev.renderworker.remotion.client;

import dev.renderworker.remotion.answer.FunctionAnswer;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Invokes routines of the render function. */
final class FunctionCall {
  private FunctionCall() {}

  /**
   * Invokes what must not happen twice.
   *
   * @param client one that makes one attempt and has the {@link Dispatch} interceptor
   * @param dispatch of this request alone
   * @throws RemotionException when there is no answer; the failure is {@code Uncertain} unless it
   *     is certain that the function did not run
   */
  static FunctionAnswer once(
      LambdaClient client, String function, SdkBytes payload, Dispatch dispatch)
      throws RemotionException {
    InvokeRequest request =
        request(function, payload)
            .overrideConfiguration(o -> o.executionAttributes(dispatch.attributes()))
            .build();
    try {
      return read(client.invoke(request));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.ofStart(e, dispatch.begun()), e);
    }
  }

  /** Invokes what may be repeated. */
  static FunctionAnswer patiently(LambdaClient lambda, String function, SdkBytes payload)
      throws RemotionException {
    try {
      return read(lambda.invoke(request(function, payload).build()));
    } catch (SdkException e) {
      throw new RemotionException(AwsFailures.of(e), e);
    }
  }

  private static InvokeRequest.Builder request(String function, SdkBytes payload) {
    return InvokeRequest.builder()
        .functionName(function)
        .invocationType(InvocationType.REQUEST_RESPONSE)
        .payload(payload);
  }

  private static FunctionAnswer read(InvokeResponse response) {
    byte[] payload =
        response.payload() == null ? new byte[0] : response.payload().asByteArrayUnsafe();
    return FunctionAnswer.read(Optional.ofNullable(response.functionError()), payload);
  }
}
