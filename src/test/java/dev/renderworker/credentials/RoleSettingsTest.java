package dev.renderworker.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleSettingsTest {
  private static final String ROLE = "arn:aws:iam::123456789012:role/remotion-lambda-role";

  @Test
  void durationIsBetweenQuarterHourAndHour() {
    assertEquals(Duration.ofMinutes(15), settings(Duration.ofMinutes(15)).duration());
    assertEquals(Duration.ofHours(1), settings(Duration.ofHours(1)).duration());
    assertThrows(IllegalArgumentException.class, () -> settings(Duration.ofMinutes(14)));
    assertThrows(IllegalArgumentException.class, () -> settings(Duration.ofMinutes(61)));
  }

  @Test
  void externalIdIsNotPrinted() {
    assertFalse(settings(Duration.ofHours(1)).toString().contains("shibboleth"));
  }

  private static RoleSettings settings(Duration duration) {
    return new RoleSettings(ROLE, "render-worker", duration, Optional.of("shibboleth"));
  }
}
