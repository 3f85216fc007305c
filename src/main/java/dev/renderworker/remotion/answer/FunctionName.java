package dev.renderworker.remotion.answer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a render function's name says of it where it follows the convention {@code
 * remotion-render-4-0-527-mem2048mb-disk2048mb-120sec} (Remotion Lambda protocol, 5.4).
 *
 * @param versionHint the version with dashes for dots, cut after ten characters: a hint only
 */
public record FunctionName(String versionHint, int memoryInMb, int diskInMb, Duration timeout) {
  /** What every render function's name begins with. */
  public static final String PREFIX = "remotion-render-";

  private static final Pattern CONVENTION =
      Pattern.compile(PREFIX + "(.*)-mem(\\d{1,6})mb-disk(\\d{1,6})mb-(\\d{1,6})sec$");

  /** What a name says; empty where it does not follow the convention. */
  public static Optional<FunctionName> parse(String name) {
    Matcher matcher = CONVENTION.matcher(name);
    return matcher.find()
        ? Optional.of(
            new FunctionName(
                matcher.group(1),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Duration.ofSeconds(Integer.parseInt(matcher.group(4)))))
        : Optional.empty();
  }

  /** The numbers of the version, for comparison. */
  public List<Integer> versionNumbers() {
    return Arrays.stream(versionHint.split("\\D+"))
        .filter(number -> !number.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }
}
