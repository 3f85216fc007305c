package dev.renderworker.credentials;

import dev.renderworker.check.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * How far this machine's clock is from that of AWS, by the {@code Date} of an answer. What the
 * second's rounding and the call's duration can explain does not count.
 *
 * @param ahead positive where this machine's clock is ahead
 */
record ClockSkew(Duration ahead) {
  /** The header tells no fractions. */
  private static final Duration RESOLUTION = Duration.ofSeconds(1);

  /** Empty where the answer has no date. */
  static Optional<ClockSkew> of(SdkHttpResponse answer, Instant asked, Instant answered) {
    try {
      return answer
          .firstMatchingHeader("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .map(theirs -> between(theirs, asked, answered));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static ClockSkew between(Instant theirs, Instant asked, Instant answered) {
    Duration ahead = Duration.between(theirs.plus(RESOLUTION), asked);
    Duration behind = Duration.between(answered, theirs);
    if (ahead.isPositive()) {
      return new ClockSkew(ahead);
    }
    return new ClockSkew(behind.isPositive() ? behind.negated() : Duration.ZERO);
  }

  Finding finding(Duration tolerance) {
    if (ahead.abs().compareTo(tolerance) <= 0) {
      return new Finding.Passed("clock", "as that of AWS");
    }
    return new Finding.Weak(
        "clock",
        "This machine's clock is %d s %s that of AWS: living workers would be taken for dead."
            .formatted(ahead.abs().toSeconds(), ahead.isPositive() ? "ahead of" : "behind"),
        "Set it by NTP: timedatectl set-ntp true");
  }
}
