package dev.renderworker.local.remotion;

import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.SettableClock;
import dev.renderworker.local.StandIns;
import dev.renderworker.local.lambda.FunctionOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A function to talk to without HTTP, in a time that the test sets. */
final class RemotionBench implements AutoCloseable {
  private static final String GOOD_START = "/goldens/lifecycles/success/start.request.json";

  private final SettableClock clock = SettableClock.fromNow();
  private final StandIns standIns;

  RemotionBench() throws IOException {
    standIns =
        StandIns.start(
            LocalAwsOptions.STANDARD
                .clock(clock)
                .renders(RenderDefaults.STANDARD.stillTime(Duration.ZERO)));
  }

  StandIns standIns() {
    return standIns;
  }

  void pass(Duration time) {
    clock.advance(time);
    standIns.renders();
  }

  FunctionOutcome invoke(JsonNode payload) throws InterruptedException {
    standIns.renders();
    return standIns.function().invoke(payload);
  }

  JsonNode returned(JsonNode payload) throws InterruptedException {
    return switch (invoke(payload)) {
      case FunctionOutcome.Returned(var json) -> JsonMapper.shared().readTree(json);
      case FunctionOutcome.Unhandled(var json) -> throw new AssertionError(json);
    };
  }

  /** The official client's request with changes. */
  static ObjectNode goodStart(Consumer<ObjectNode> change) {
    ObjectNode start =
        (ObjectNode)
            JsonMapper.shared().readTree(RemotionBench.class.getResourceAsStream(GOOD_START));
    start.put("bucketName", LocalNames.BUCKET);
    change.accept(start);
    return start;
  }

  static ObjectNode simulating(String simulation) {
    return goodStart(
        start ->
            start
                .putObject("inputProps")
                .put("type", "payload")
                .put("payload", "{\"simulate\":\"" + simulation + "\"}"));
  }

  String start(JsonNode payload) throws InterruptedException {
    return returned(payload).path("renderId").stringValue();
  }

  JsonNode status(String renderId) throws InterruptedException {
    return returned(statusRequest(renderId));
  }

  static JsonNode statusRequest(String renderId) {
    return JsonMapper.shared()
        .valueToTree(
            Map.of(
                "type",
                "status",
                "bucketName",
                LocalNames.BUCKET,
                "renderId",
                renderId,
                "version",
                LocalNames.VERSION));
  }

  JsonNode progressFile(String renderId) {
    return JsonMapper.shared()
        .readTree(
            standIns
                .store()
                .find(LocalNames.BUCKET, "renders/" + renderId + "/progress.json")
                .orElseThrow()
                .bytes());
  }

  @Override
  public void close() {
    standIns.close();
  }
}
