package dev.renderworker.remotion.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.RenderType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Byte for byte what the official client makes of a Date and of staticFile(). */
  @Test
  void datesAndStaticFilesAreMarkedForTheComposition() {
    Map<String, Object> special = new LinkedHashMap<>();
    special.put("at", Instant.EPOCH);
    special.put("later", List.of(Instant.parse("2026-02-03T04:05:06.789999Z")));
    special.put("far", Instant.parse("+012345-01-01T00:00:00Z"));
    special.put("before", Instant.parse("-0001-01-01T00:00:00Z"));
    special.put("logo", new StaticFile("logos/a b(1)ü.png"));

    assertEquals(
        "{\"at\":\"remotion-date:1970-01-01T00:00:00.000Z\","
            + "\"later\":[\"remotion-date:2026-02-03T04:05:06.789Z\"],"
            + "\"far\":\"remotion-date:+012345-01-01T00:00:00.000Z\","
            + "\"before\":\"remotion-date:-000001-01-01T00:00:00.000Z\","
            + "\"logo\":\"remotion-file:logos/a%20b(1)%C3%BC.png\"}",
        InputProps.of(Map.of("inputProps", special)).json());
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
