package dev.renderworker.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN = List.of("LOG_LEVEL", "LOG_FORMAT", "MAX_ATTEMPTS");

  @ParameterizedTest
  @CsvSource({
    "LOG_LEVEL,LOG_LEVEL",
    "log_level,LOG_LEVEL",
    "LOG_LEVLE,LOG_LEVEL",
    "LOGLEVEL,LOG_LEVEL",
    "LOG_LEVELSS,LOG_LEVEL",
    "MAX_ATEMPT,MAX_ATTEMPTS"
  })
  void nameWithinTheEditsIsFound(String unknown, String meant) {
    assertEquals(Optional.of(meant), NearestName.of(unknown, KNOWN, 2));
  }

  @ParameterizedTest
  @CsvSource({"LOG_L", "LOG_LEVEL_ABC", "HOME", "''"})
  void nameBeyondTheEditsIsNotFound(String unknown) {
    assertEquals(Optional.empty(), NearestName.of(unknown, KNOWN, 2));
  }

  @Test
  void theNearestOfSeveralWins() {
    assertEquals(Optional.of("codec"), NearestName.of("codecs", List.of("codes1", "codec"), 3));
  }
}
