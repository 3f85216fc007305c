package dev.renderworker.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.check.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpResponse;

class ClockSkewTest {
  private static final Instant ASKED = Instant.parse("2026-11-24T10:00:00.500Z");
  private static final Instant ANSWERED = Instant.parse("2026-11-24T10:00:02.500Z");

  private static Optional<ClockSkew> skew(String date) {
    return ClockSkew.of(SdkHttpResponse.builder().putHeader("Date", date).build(), ASKED, ANSWERED);
  }

  @ParameterizedTest(name = "AWS says {0}")
  @CsvSource({
    "10:00:00, PT0S",
    "10:00:02, PT0S",
    "10:00:03, PT-0.5S",
    "09:59:59, PT0.5S",
    "10:05:02, PT-4M-59.5S",
    "09:55:00, PT4M59.5S"
  })
  void isWhatRoundingAndTheCallCannotExplain(String time, Duration ahead) {
    assertEquals(
        Optional.of(new ClockSkew(ahead)), skew("Tue, 24 Nov 2026 %s GMT".formatted(time)));
  }

  @ParameterizedTest
  @CsvSource(value = "yesterday")
  void dateThatIsNoneIsNotJudged(String date) {
    assertEquals(Optional.empty(), skew(date));
  }

  @Test
  void answerWithoutADateIsNotJudged() {
    assertEquals(
        Optional.empty(), ClockSkew.of(SdkHttpResponse.builder().build(), ASKED, ANSWERED));
  }

  @Test
  void withinTheTolerancePasses() {
    assertInstanceOf(
        Finding.Passed.class,
        new ClockSkew(Duration.ofSeconds(-17)).finding(Duration.ofSeconds(17)));
  }

  @Test
  void beyondTheToleranceIsSaidWithItsDirection() {
    Duration tolerance = Duration.ofSeconds(17);

    String behind = problem(new ClockSkew(Duration.ofSeconds(-18)).finding(tolerance));
    String ahead = problem(new ClockSkew(Duration.ofMinutes(5)).finding(tolerance));

    assertTrue(behind.contains("18 s behind"), behind);
    assertTrue(ahead.contains("300 s ahead of"), ahead);
  }

  private static String problem(Finding finding) {
    return assertInstanceOf(Finding.Weak.class, finding).problem();
  }
}
