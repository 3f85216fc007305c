package dev.renderworker.local;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Fault.Effect;
import dev.renderworker.local.wire.Fault.When;
import dev.renderworker.local.wire.Refusal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A fault as JSON: {@code service}, {@code operation} (absent: every one), {@code contains}, {@code
 * skip}, {@code times}, {@code when} ({@code before}, the default, or {@code after}) and {@code
 * effect}: {@code delay} with {@code millis}; {@code throttle}; {@code server-error}; {@code
 * expired-credentials}; {@code access-denied}; {@code error} with {@code status}, {@code code} and
 * {@code message}; {@code drop}; {@code hold}.
 */
final class FaultJson {
  private FaultJson() {}

  /**
   * Reads a fault.
   *
   * @throws IllegalArgumentException if the effect is none of these
   */
  static Fault read(JsonNode json) {
    CallPattern calls =
        new CallPattern(
            json.path("service").asString(""),
            json.path("operation").asString("*"),
            json.path("contains").asString(""),
            json.path("skip").asInt(0),
            json.path("times").asInt(Integer.MAX_VALUE));
    When when = json.path("when").asString("before").equals("after") ? When.AFTER : When.BEFORE;
    return new Fault(calls, effect(json), when);
  }

  private static Effect effect(JsonNode json) {
    return switch (json.path("effect").asString("")) {
      case "delay" -> new Fault.Delay(Duration.ofMillis(json.path("millis").asLong(1000)));
      case "throttle" -> new Fault.Refuse(Refusal.THROTTLED);
      case "server-error" -> new Fault.Refuse(Refusal.SERVER_ERROR);
      case "expired-credentials" -> new Fault.Refuse(Refusal.EXPIRED_CREDENTIALS);
      case "access-denied" -> new Fault.Refuse(Refusal.ACCESS_DENIED);
      case "drop" -> new Fault.Drop();
      case "hold" -> new Fault.Hold();
      case "error" ->
          new Fault.Fail(
              new AwsError(
                  json.path("status").asInt(500),
                  json.path("code").asString("InternalError"),
                  json.path("message").asString("injected")));
      case String unknown -> throw new IllegalArgumentException("unknown effect: " + unknown);
    };
  }
}
