package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.worker.Sighting.Shares;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Whatever the looks show, and however the clock goes, a wait keeps to its bounds. */
class PollPacePropertyTest {
  private final PollPace pace = new PollPace(Duration.ofMillis(500), Duration.ofSeconds(15));

  @Property
  void waitIsWithinATenthOfItsBounds(
      @ForAll List<@DoubleRange(max = 1) Double> progress,
      @ForAll @IntRange(min = -10, max = 100_000) int secondsALook,
      @ForAll boolean whole,
      @ForAll long seed) {
    Course course = whole ? Course.fromStart() : Course.joined();
    var random = new Random(seed);
    Duration elapsed = Duration.ZERO;
    for (double part : progress) {
      elapsed = elapsed.plusSeconds(secondsALook);
      course.saw(elapsed, new Shares(part, random.nextBoolean() ? part / 2 : 0));
      Duration wait = pace.next(course, elapsed, random);
      assertTrue(wait.compareTo(Duration.ofMillis(450)) >= 0, wait::toString);
      assertTrue(wait.compareTo(Duration.ofMillis(16_500)) <= 0, wait::toString);
    }
  }
}
