package dev.renderworker.remotion.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/** Remotion Lambda protocol, 10.1, row by row. */
class AwsFailuresTest {

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException, THROTTLED",
    "400, ThrottlingException, THROTTLED",
    "500, ServiceException, SERVICE_UNAVAILABLE",
    "502, EC2ThrottledException, SERVICE_UNAVAILABLE",
    "502, EC2UnexpectedException, SERVICE_UNAVAILABLE",
    "502, ResourceNotReadyException, SERVICE_UNAVAILABLE",
    "409, SnapStartNotReadyException, SERVICE_UNAVAILABLE",
    "502, ENILimitReachedException, SERVICE_UNAVAILABLE",
    "409, ResourceConflictException, SERVICE_UNAVAILABLE"
  })
  void passingFaultsMakeTheJobWaitAndPayNothing(int status, String code, ErrorCode expected) {
    Failure failure = AwsFailures.ofStart(answer(status, code), true);

    assertEquals(expected, failure.code());
    assertInstanceOf(Failure.Throttled.class, failure);
  }

  @ParameterizedTest
  @CsvSource({
    "404, ResourceNotFoundException, FUNCTION_MISSING",
    "403, AccessDeniedException, ACCESS_DENIED",
    "403, ExpiredTokenException, CREDENTIALS_INVALID",
    "400, ExpiredToken, CREDENTIALS_INVALID",
    "403, UnrecognizedClientException, CREDENTIALS_INVALID",
    "403, InvalidSignatureException, CREDENTIALS_INVALID",
    "403, InvalidClientTokenId, CREDENTIALS_INVALID",
    "413, SerializedRequestEntityTooLargeException, FUNCTION_UNUSABLE",
    "502, KMSAccessDeniedException, FUNCTION_UNUSABLE",
    "502, InvalidRuntimeException, FUNCTION_UNUSABLE",
    "400, RecursiveInvocationException, FUNCTION_UNUSABLE",
    "403, AccessDenied, ACCESS_DENIED",
    "404, NoSuchBucket, BUCKET_REFUSED",
    "301, PermanentRedirect, BUCKET_REFUSED"
  })
  void faultsOfTheEnvironmentArePaidByNoJob(int status, String code, ErrorCode expected) {
    Failure failure = AwsFailures.ofStart(answer(status, code), true);

    assertEquals(expected, failure.code());
    assertInstanceOf(Failure.OfEnvironment.class, failure);
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidRequestContentException, INVALID_REQUEST",
    "400, InvalidParameterValueException, INVALID_REQUEST",
    "415, UnsupportedMediaTypeException, INVALID_REQUEST",
    "413, RequestTooLargeException, PAYLOAD_TOO_LARGE",
    "413, RequestEntityTooLarge, PAYLOAD_TOO_LARGE"
  })
  void badRequestsAreTheJobsFault(int status, String code, ErrorCode expected) {
    Failure failure = AwsFailures.ofStart(answer(status, code), true);

    assertEquals(expected, failure.code());
    assertInstanceOf(Failure.OfJob.class, failure);
  }

  private static Stream<SdkException> neverConnected() {
    return Stream.of(
            new ConnectException("refused"),
            new UnknownHostException("lambda"),
            new NoRouteToHostException(),
            new SSLHandshakeException("certificate"),
            new ConnectTimeoutException("connect timed out"),
            new ConnectionRequestTimeoutException("pool"))
        .map(AwsFailuresTest::noAnswer);
  }

  @ParameterizedTest
  @MethodSource("neverConnected")
  void nothingWasStartedWhenThereWasNoConnection(SdkException e) {
    Failure failure = AwsFailures.ofStart(e, true);

    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, failure.code());
    assertInstanceOf(Failure.Throttled.class, failure);
  }

  private static Stream<SdkException> answerLost() {
    return Stream.concat(
        Stream.of(
                new SocketTimeoutException("Read timed out"),
                new SocketException("Connection reset"),
                new NoHttpResponseException("failed to respond"))
            .map(AwsFailuresTest::noAnswer),
        Stream.of(ApiCallTimeoutException.create(1000)));
  }

  @ParameterizedTest
  @MethodSource("answerLost")
  void nobodyKnowsWhenTheAnswerToASentStartIsLost(SdkException e) {
    assertInstanceOf(Failure.Uncertain.class, AwsFailures.ofStart(e, true));
    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, AwsFailures.ofStart(e, false).code(), "unsent");
    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, AwsFailures.of(e).code(), "may be repeated");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void serverFaultsWithoutACodeOfLambdaLeaveItOpen(int status) {
    assertInstanceOf(
        Failure.Uncertain.class, AwsFailures.ofStart(answer(status, "BadGateway"), true));
  }

  @Test
  void missingCredentialsAreTheEnvironmentsFault() {
    SdkException e = SdkClientException.create("Unable to load credentials from any provider");

    assertEquals(ErrorCode.CREDENTIALS_INVALID, AwsFailures.ofStart(e, false).code());
  }

  private static SdkException answer(int status, String code) {
    return LambdaException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(code).build())
        .message(code)
        .build();
  }

  private static SdkException noAnswer(IOException cause) {
    return SdkClientException.create("Unable to execute HTTP request", cause);
  }
}
