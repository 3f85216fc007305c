package dev.renderworker.remotion.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.RenderType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputPropsTest {

  @ParameterizedTest
  @CsvSource({"MEDIA, 193976", "STILL, 4993976"})
  void propsAndEnvironmentAreUploadedAboveTheOfficialLimit(RenderType type, int largestInline) {
    int quotesAndKeys = "{\"t\":\"\"}".length() + "{\"K\":\"ä\"}".length();
    String filler = "x".repeat(largestInline - quotesAndKeys);

    assertFalse(props(filler).areLargeFor(type));
    assertTrue(props(filler + "x").areLargeFor(type));
  }

  private static InputProps props(String filler) {
    return InputProps.of(
        Map.of("inputProps", Map.of("t", filler), "envVariables", Map.of("K", "ä")));
  }

  @Test
  void absentPropsAreAnEmptyObject() {
    InputProps props = InputProps.of(Map.of());

    assertEquals(Map.of("type", "payload", "payload", "{}"), props.inline());
    assertEquals("{}", props.envVariables());
  }

  @Test
  void payloadIsTooLargeByItsBytes() {
    assertFalse(InputProps.makeTooLarge(240_000, RenderType.MEDIA));
    assertTrue(InputProps.makeTooLarge(240_001, RenderType.MEDIA));
    assertFalse(InputProps.makeTooLarge(6_000_000, RenderType.STILL));
    assertTrue(InputProps.makeTooLarge(6_000_001, RenderType.STILL));
  }

  @Test
  void uploadedPropsAreTheTextItself() {
    InputProps props = InputProps.of(Map.of("inputProps", Map.of("t", "ü\"")));

    assertEquals(
        "{\"t\":\"ü\\\"\"}", new String(props.bytes(), java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(
        Map.of("type", "bucket-url", "hash", "abc", "bucketName", "b"),
        InputProps.uploaded("abc", "b"));
  }
}
