package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Lambda, seen by the SDK. */
class LambdaStandInTest {
  private static final String INFO = "{\"type\":\"info\"}";

  private final SettableClock clock = SettableClock.fromNow();
  private StandIns standIns;
  private SdkClients clients;
  private LambdaClient lambda;

  @BeforeEach
  void open() throws Exception {
    standIns = StandIns.start(LocalAwsOptions.STANDARD.clock(clock));
    clients = new SdkClients(standIns);
    lambda = clients.lambda(clients.role());
  }

  @AfterEach
  void close() {
    lambda.close();
    clients.close();
    standIns.close();
  }

  private InvokeResponse invoke(LambdaClient client, String function, String payload) {
    return client.invoke(
        request -> request.functionName(function).payload(SdkBytes.fromUtf8String(payload)));
  }

  @Test
  void invokeAnswersThePayload() {
    InvokeResponse answer = invoke(lambda, LocalNames.FUNCTION, INFO);
    assertEquals("{\"version\":\"4.0.527\",\"type\":\"success\"}", answer.payload().asUtf8String());
    assertEquals(200, answer.statusCode());
    assertEquals("$LATEST", answer.executedVersion());
    assertNull(answer.functionError());
  }

  @Test
  void functionMayBeNamedByItsArn() {
    String arn = "arn:aws:lambda:us-east-1:123456789012:function:" + LocalNames.FUNCTION;
    assertEquals(200, invoke(lambda, arn, INFO).statusCode());
  }

  @Test
  void thrownErrorIsAFunctionError() {
    InvokeResponse answer = invoke(lambda, LocalNames.FUNCTION, "{\"type\":\"nonsense\"}");
    assertEquals("Unhandled", answer.functionError());
    assertTrue(answer.payload().asUtf8String().contains("Command not found"));
  }

  @Test
  void eventIsAccepted() {
    InvokeResponse answer =
        lambda.invoke(
            request ->
                request
                    .functionName(LocalNames.FUNCTION)
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(INFO)));
    assertEquals(202, answer.statusCode());
  }

  @Test
  void unknownFunctionIsNotFound() {
    var missing = assertThrows(ResourceNotFoundException.class, () -> invoke(lambda, "nope", INFO));
    assertEquals(
        "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nope",
        missing.awsErrorDetails().errorMessage());
  }

  @Test
  void payloadOverSixMegabytesIsTooLarge() {
    String big = "{\"type\":\"info\",\"x\":\"" + "a".repeat(6 * 1024 * 1024) + "\"}";
    assertThrows(RequestTooLargeException.class, () -> invoke(lambda, LocalNames.FUNCTION, big));
  }

  @Test
  void throttlingIsTooManyRequestsWithAReason() {
    standIns
        .faults()
        .inject(
            Fault.before(
                CallPattern.of("lambda", "Invoke").times(1), new Fault.Refuse(Refusal.THROTTLED)));
    var throttled =
        assertThrows(
            TooManyRequestsException.class, () -> invoke(lambda, LocalNames.FUNCTION, INFO));
    assertEquals("ReservedFunctionConcurrentInvocationLimitExceeded", throttled.reasonAsString());
    assertEquals(200, invoke(lambda, LocalNames.FUNCTION, INFO).statusCode());
  }

  @Test
  void serverErrorIsAServiceException() {
    standIns
        .faults()
        .inject(
            Fault.before(CallPattern.of("lambda", "*"), new Fault.Refuse(Refusal.SERVER_ERROR)));
    assertThrows(ServiceException.class, () -> invoke(lambda, LocalNames.FUNCTION, INFO));
  }

  @Test
  void expiredSessionIsAnExpiredToken() {
    invoke(lambda, LocalNames.FUNCTION, INFO);
    standIns.sessions().expire(LocalNames.ROLE);
    var expired =
        assertThrows(LambdaException.class, () -> invoke(lambda, LocalNames.FUNCTION, INFO));
    assertEquals("ExpiredTokenException", expired.awsErrorDetails().errorCode());
    assertEquals(403, expired.statusCode());
  }

  @Test
  void sessionEndsByTheClock() {
    invoke(lambda, LocalNames.FUNCTION, INFO);
    clock.advance(Duration.ofHours(2));
    var expired =
        assertThrows(LambdaException.class, () -> invoke(lambda, LocalNames.FUNCTION, INFO));
    assertEquals("ExpiredTokenException", expired.awsErrorDetails().errorCode());
  }

  @Test
  void instancesOwnIdentityIsDenied() {
    try (var asInstance = clients.lambda(clients.instance())) {
      var denied =
          assertThrows(LambdaException.class, () -> invoke(asInstance, LocalNames.FUNCTION, INFO));
      assertEquals("AccessDeniedException", denied.awsErrorDetails().errorCode());
    }
  }

  @Test
  void strangersCredentialsAreUnrecognized() {
    var stranger = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA1", "secret"));
    try (var asStranger = clients.lambda(stranger)) {
      var denied =
          assertThrows(LambdaException.class, () -> invoke(asStranger, LocalNames.FUNCTION, INFO));
      assertEquals("UnrecognizedClientException", denied.awsErrorDetails().errorCode());
    }
  }

  @Test
  void functionsAreListedPageByPage() {
    standIns.deploy("remotion-render-4-0-530-mem3008mb-disk10240mb-900sec", "4.0.530");
    var names =
        lambda.listFunctionsPaginator(request -> request.maxItems(1)).functions().stream()
            .map(FunctionConfiguration::functionName)
            .toList();
    assertEquals(
        List.of(LocalNames.FUNCTION, "remotion-render-4-0-530-mem3008mb-disk10240mb-900sec"),
        names);
  }

  @Test
  void configurationTellsMemoryAndTimeout() {
    var configuration =
        lambda.getFunctionConfiguration(request -> request.functionName(LocalNames.FUNCTION));
    assertEquals(2048, configuration.memorySize());
    assertEquals(120, configuration.timeout());
    assertEquals(2048, configuration.ephemeralStorage().size());
  }
}
