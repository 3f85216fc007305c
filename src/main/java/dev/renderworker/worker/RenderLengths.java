package dev.renderworker.worker;

import dev.renderworker.job.RenderRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long renders of each composition have taken in this process: rather the short ones of late,
 * for the length can vary with the input props. Thread-safe.
 */
final class RenderLengths {
  private static final int COMPOSITIONS = 1000;

  /** How much of the way the expectation goes towards a longer render. */
  private static final int SLOWLY = 4;

  private final Map<String, Duration> expected =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Duration> eldest) {
          return size() > COMPOSITIONS;
        }
      };

  /** Empty where no such render has succeeded yet. */
  synchronized Optional<Duration> expected(RenderRequest request) {
    return Optional.ofNullable(expected.get(key(request)));
  }

  /**
   * Takes note of a render that has succeeded.
   *
   * @param length from its start until its end was seen
   * @param course how it went: one that was never seen to run may have ended long before
   */
  synchronized void succeeded(RenderRequest request, Duration length, Course course) {
    if (!course.whole()) {
      return;
    }
    Duration shown = course.looks() == 0 ? length.dividedBy(2) : length;
    expected.merge(key(request), shown, RenderLengths::between);
  }

  private static Duration between(Duration before, Duration shown) {
    return shown.compareTo(before) < 0 ? shown : before.plus(shown.minus(before).dividedBy(SLOWLY));
  }

  private static String key(RenderRequest request) {
    return request.composition() + " " + request.text("serveUrl").orElse("");
  }
}
