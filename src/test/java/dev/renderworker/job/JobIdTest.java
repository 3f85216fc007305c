package dev.renderworker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "order-1", "a.b_c:d-e", "0d6f4c1e-1f2b-4d62-9a0c-6d1f0a9b8c7d"})
  void plainIdsAreTakenAsTheyAre(String value) {
    assertEquals(value, new JobId(value).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-a", ".a", "a b", "a/b", "a#b", "ä", "a\n", "a\u0000"})
  void anythingElseIsRefused(String value) {
    assertThrows(IllegalArgumentException.class, () -> new JobId(value));
  }

  @Test
  void idHasAtMost128Characters() {
    assertEquals(128, new JobId("a".repeat(128)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new JobId("a".repeat(129)));
  }
}
