package dev.renderworker.jobtable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequestTextTest {
  private static final int LIMIT = 100 * 1024;

  @Test
  void bodyThatFitsIsKeptWhole() {
    assertEquals(new RequestText("{}", false), RequestText.of("{}"));
    String largest = "x".repeat(LIMIT);
    assertEquals(new RequestText(largest, false), RequestText.of(largest));
    String umlauts = "ü".repeat(LIMIT / 2);
    assertEquals(new RequestText(umlauts, false), RequestText.of(umlauts));
  }

  @Test
  void bodyThatDoesNotFitIsCutBetweenCharacters() {
    RequestText kept = RequestText.of("x" + "😀".repeat(LIMIT));

    assertTrue(kept.truncated());
    assertEquals("x" + "😀".repeat((LIMIT - 1) / 4), kept.text());
    assertTrue(kept.text().getBytes(UTF_8).length <= LIMIT);
  }
}
