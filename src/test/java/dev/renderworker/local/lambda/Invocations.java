package dev.renderworker.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.Request;
import dev.renderworker.local.wire.Response;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Invoke operation. */
final class Invocations {
  // AWS Lambda Developer Guide, "Lambda quotas": invocation payload, synchronous and asynchronous.
  private static final int LARGEST_SYNCHRONOUS = 6 * 1024 * 1024;
  private static final int LARGEST_ASYNCHRONOUS = 1024 * 1024;

  private static final byte[] NO_PAYLOAD = {'{', '}'};

  private final JsonMapper json = JsonMapper.shared();
  private final Function<AwsError, Response> error;

  Invocations(Function<AwsError, Response> error) {
    this.error = error;
  }

  Response invoke(LambdaFunction function, Request request) throws InterruptedException {
    String type = request.header("X-Amz-Invocation-Type").orElse("RequestResponse");
    int limit = type.equals("Event") ? LARGEST_ASYNCHRONOUS : LARGEST_SYNCHRONOUS;
    if (request.body().length > limit) {
      return tooLarge(request.body().length, limit);
    }
    JsonNode payload;
    try {
      payload = json.readTree(request.body().length == 0 ? NO_PAYLOAD : request.body());
    } catch (JacksonException e) {
      String message = "Could not parse request body into json: " + e.getOriginalMessage();
      return error.apply(
          new AwsError(400, "InvalidRequestContentException", message.replace('"', '\'')));
    }
    return switch (type) {
      case "DryRun" -> new Response(204, new byte[0]);
      case "Event" -> asynchronous(function, payload);
      default -> synchronous(function, payload);
    };
  }

  private static Response asynchronous(LambdaFunction function, JsonNode payload)
      throws InterruptedException {
    // What it answers goes nowhere; nothing here answers slowly on an event.
    FunctionOutcome _ = function.invoke(payload);
    return new Response(202, new byte[0]);
  }

  private static Response synchronous(LambdaFunction function, JsonNode payload)
      throws InterruptedException {
    return switch (function.invoke(payload)) {
      case FunctionOutcome.Returned(var text) ->
          answer(text).with("Content-Type", "application/octet-stream");
      case FunctionOutcome.Unhandled(var text) ->
          answer(text)
              .with("Content-Type", "application/json")
              .with("X-Amz-Function-Error", "Unhandled");
    };
  }

  private static Response answer(String payload) {
    return new Response(200, payload.getBytes(UTF_8)).with("X-Amz-Executed-Version", "$LATEST");
  }

  private Response tooLarge(int size, int limit) {
    return error.apply(
        new AwsError(
            413,
            "RequestTooLargeException",
            "%d byte payload is too large for the %d byte limit".formatted(size, limit)));
  }
}
