package dev.renderworker.local.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.LocalNames;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stills: one call, one answer. */
class StillRoutineTest {
  private RemotionBench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new RemotionBench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static ObjectNode still(String props) {
    ObjectNode still = (ObjectNode) Golden.json("function-answers/still-streamed.request.json");
    still.put("streamed", false).put("bucketName", LocalNames.BUCKET);
    still.putObject("inputProps").put("type", "payload").put("payload", props);
    return still;
  }

  @Test
  void stillAnswersWhenItsImageIsInPlace() throws Exception {
    JsonNode answer = bench.returned(still("{}"));
    assertEquals("success", answer.path("type").stringValue());
    String key = answer.path("outKey").stringValue();
    assertTrue(key.endsWith("/out.png"), key);
    var image = bench.standIns().store().find(LocalNames.BUCKET, key).orElseThrow();
    assertEquals(answer.path("sizeInBytes").intValue(), image.bytes().length);
  }

  @Test
  void stillFailsOnRequest() throws Exception {
    JsonNode answer = bench.returned(still("{\"simulate\":\"browser-crash\"}"));
    assertEquals("error", answer.path("type").stringValue());
    assertTrue(answer.path("message").stringValue().startsWith("Target closed."));
  }

  @Test
  void stillOfAnUnknownCompositionFails() throws Exception {
    JsonNode answer = bench.returned(still("{}").put("composition", "nope"));
    assertTrue(
        answer.path("message").stringValue().contains("Could not find composition with ID nope"));
  }
}
