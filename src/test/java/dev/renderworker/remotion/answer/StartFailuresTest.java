package dev.renderworker.remotion.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.remotion.Goldens;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Remotion Lambda protocol, 10.2, row by row, and what the real function answered. */
class StartFailuresTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Version mismatch: When calling renderMediaOnLambda() | VERSION_MISMATCH",
        "Payload is too big: 300000 bytes. TooManyRequests in the props | PAYLOAD_TOO_LARGE",
        "You have multiple buckets (a, b) in your S3 region | BUCKET_REFUSED",
        "Remotion Lambda can only render based on a URL in the cloud | INVALID_REQUEST",
        "Expected deleteAfter value to be one of 1-day | INVALID_REQUEST",
        "AccessDenied: Access Denied | BUCKET_REFUSED",
        "NoSuchBucket | BUCKET_REFUSED",
        "The bucket does not allow ACLs | BUCKET_REFUSED",
        "User: x is not authorized to perform: lambda:InvokeFunction on y | ACCESS_DENIED",
        "Rate Exceeded. | THROTTLED",
        "TooManyRequestsException | THROTTLED",
        "SlowDown: Please reduce your request rate. | START_UNCERTAIN",
        "ServiceUnavailable | START_UNCERTAIN",
        "We encountered an internal error. Please try again. | START_UNCERTAIN",
        "socket hang up | START_UNCERTAIN",
        "Cannot read properties of undefined | INVALID_REQUEST"
      })
  void refusalsAreUnderstood(String message, ErrorCode expected) {
    assertEquals(expected, StartFailures.of(new FunctionAnswer.Refused(message, "")).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Error | Command not found: {} | FUNCTION_UNUSABLE",
        "Runtime.ImportModuleError | Cannot find module | FUNCTION_UNUSABLE",
        "Sandbox.Timedout | Task timed out after 120.00 seconds | START_UNCERTAIN",
        "Runtime.ExitError | signal: killed | START_UNCERTAIN",
        "Error | a leftover of another invocation | START_UNCERTAIN"
      })
  void breakdownsAreUnderstood(String type, String message, ErrorCode expected) {
    assertEquals(expected, StartFailures.of(new FunctionAnswer.Crashed(type, message)).code());
  }

  @ParameterizedTest
  @CsvSource({
    "start-version-mismatch, VERSION_MISMATCH",
    "start-version-missing, VERSION_MISMATCH",
    "start-delete-after-bad, INVALID_REQUEST",
    "start-serve-url-local, INVALID_REQUEST",
    "start-serve-url-missing, INVALID_REQUEST",
    "no-type, FUNCTION_UNUSABLE",
    "unknown-type, FUNCTION_UNUSABLE"
  })
  void recordedAnswersAreUnderstood(String name, ErrorCode expected) {
    assertEquals(expected, StartFailures.of(recorded(name)).code());
  }

  @Test
  void recordedStartsThatBroughtNoRenderAreUnderstood() {
    Failure throttled = StartFailures.of(ofLife("start-launch-throttled"));
    Failure bucket = StartFailures.of(ofLife("fail-bucket-missing"));

    assertInstanceOf(Failure.Throttled.class, throttled);
    assertEquals(ErrorCode.BUCKET_REFUSED, bucket.code());
    assertEquals("The specified bucket does not exist", bucket.message());
  }

  private static FunctionAnswer ofLife(String life) {
    String answer = Goldens.text("lifecycles/" + life + "/start.response.json");
    return FunctionAnswer.read(Optional.empty(), answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void answersThatAreNotRemotionsLeaveItOpen() {
    for (String answer :
        new String[] {"", "<html>", "{}", "null", "[]", "{\"type\":\"success\"}"}) {
      assertInstanceOf(
          Failure.Uncertain.class,
          StartFailures.of(
              FunctionAnswer.read(Optional.empty(), answer.getBytes(StandardCharsets.UTF_8))),
          answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "start-serve-url-site-name-without-bucket"})
  void recordedSuccessesAreSuccesses(String name) {
    assertInstanceOf(FunctionAnswer.Success.class, recorded(name));
  }

  @Test
  void functionErrorIsReadBeforeThePayload() {
    byte[] success = "{\"type\":\"success\"}".getBytes(StandardCharsets.UTF_8);

    assertInstanceOf(
        FunctionAnswer.Crashed.class, FunctionAnswer.read(Optional.of("Unhandled"), success));
    assertEquals(
        new FunctionAnswer.Crashed("NoSuchKey", "The specified key does not exist."),
        recorded("status-unknown-render"));
  }

  private static FunctionAnswer recorded(String name) {
    JsonNode headers =
        Goldens.json("function-answers/index.json").path(name).path("responseHeaders");
    return FunctionAnswer.read(
        Optional.of(headers.path("x-amz-function-error").asString("")).filter(e -> !e.isEmpty()),
        Goldens.text("function-answers/" + name + ".response.json")
            .getBytes(StandardCharsets.UTF_8));
  }
}
