package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  private static final int MAX = Failure.MAX_MESSAGE_LENGTH;

  @ParameterizedTest
  @MethodSource("failuresOf2000Characters")
  void longMessageIsTrimmedWhateverTheCase(Failure failure) {
    assertEquals(MAX, failure.message().length());
    assertTrue(failure.message().endsWith("x…"));
  }

  static Stream<Failure> failuresOf2000Characters() {
    String text = "x".repeat(2000);
    return Stream.of(
        new Failure.OfJob(ErrorCode.COMPOSITION_ERROR, text),
        new Failure.Throttled(ErrorCode.THROTTLED, text),
        new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, text),
        new Failure.Uncertain(text));
  }

  @Test
  void messageThatFitsIsKeptWhole() {
    String text = "x".repeat(MAX);
    assertEquals(text, new Failure.Uncertain(text).message());
  }

  @Test
  void trimmingNeverCutsACharacterInTwo() {
    String message = new Failure.Uncertain("🎬".repeat(MAX)).message();
    assertTrue(message.length() <= MAX);
    assertFalse(Character.isHighSurrogate(message.charAt(message.length() - 2)), message);
  }

  @Test
  void detailsAreCopied() {
    List<String> details = new ArrayList<>(List.of("chunk 1"));
    var failure = new Failure.OfJob(ErrorCode.FLAKY_RENDER, "why", details);
    details.add("chunk 2");
    assertEquals(List.of("chunk 1"), failure.details());
  }

  @Test
  void uncertainStartNamesItsCode() {
    assertEquals(ErrorCode.START_UNCERTAIN, new Failure.Uncertain("no answer").code());
  }

  @Test
  void failureWithoutAMessageIsRefused() {
    assertThrows(NullPointerException.class, () -> new Failure.Uncertain(null));
  }
}
