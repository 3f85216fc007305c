package dev.renderworker.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueSettingsTest {
  private static final URI URL = URI.create("https://sqs.eu-central-1.amazonaws.com/1/renders");

  @ParameterizedTest
  @CsvSource({"-1,30", "21,30", "20,0", "20,43201"})
  void whatSqsWouldRefuseIsRefusedHere(long wait, long visibility) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new QueueSettings(URL, Duration.ofSeconds(wait), Duration.ofSeconds(visibility)));
  }

  @Test
  void limitsThemselvesAreAllowed() {
    assertEquals(
        Duration.ofHours(12),
        new QueueSettings(URL, Duration.ofSeconds(20), Duration.ofHours(12)).visibilityTimeout());
  }
}
