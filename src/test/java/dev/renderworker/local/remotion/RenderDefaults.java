package dev.renderworker.local.remotion;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What holds for every render that doesn't say otherwise.
 *
 * @param compositions the ids that the site has
 * @param renderTime from start to end of a render
 * @param stillTime how long a still takes
 */
public record RenderDefaults(List<String> compositions, Duration renderTime, Duration stillTime) {
  /** The site of the recorded renders, five seconds a render. */
  public static final RenderDefaults STANDARD =
      new RenderDefaults(
          List.of("hello", "strict", "throws", "slow", "stuck"),
          Duration.ofSeconds(5),
          Duration.ofMillis(200));

  public RenderDefaults {
    compositions = List.copyOf(compositions);
    requireNonNull(renderTime, "renderTime");
    requireNonNull(stillTime, "stillTime");
  }

  /** The same with this render time. */
  public RenderDefaults renderTime(Duration time) {
    return new RenderDefaults(compositions, time, stillTime);
  }

  /** The same with this time a still. */
  public RenderDefaults stillTime(Duration time) {
    return new RenderDefaults(compositions, renderTime, time);
  }
}
