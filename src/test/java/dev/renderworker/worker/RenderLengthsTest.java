package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderLengthsTest {
  private static final RenderRequest HELLO = request("hello", "site-1");

  private final RenderLengths lengths = new RenderLengths();

  @Test
  void nothingIsKnownAtFirst() {
    assertEquals(Optional.empty(), lengths.expected(HELLO));
  }

  @Test
  void shorterRenderCountsAtOnceAndALongerOneSlowly() {
    lengths.succeeded(HELLO, Duration.ofSeconds(40), seen());
    lengths.succeeded(HELLO, Duration.ofSeconds(20), seen());
    assertEquals(Optional.of(Duration.ofSeconds(20)), lengths.expected(HELLO));
    lengths.succeeded(HELLO, Duration.ofSeconds(60), seen());
    assertEquals(Optional.of(Duration.ofSeconds(30)), lengths.expected(HELLO));
  }

  @Test
  void renderThatWasOverAtTheFirstLookMayHaveBeenSoForLong() {
    lengths.succeeded(HELLO, Duration.ofSeconds(10), Course.fromStart());
    assertEquals(Optional.of(Duration.ofSeconds(5)), lengths.expected(HELLO));
  }

  @Test
  void renderThatSomeoneElseStartedTeachesNothing() {
    lengths.succeeded(HELLO, Duration.ofSeconds(10), Course.joined());
    assertEquals(Optional.empty(), lengths.expected(HELLO));
  }

  @Test
  void compositionsAndSitesAreKeptApart() {
    lengths.succeeded(HELLO, Duration.ofSeconds(10), seen());
    assertEquals(Optional.empty(), lengths.expected(request("other", "site-1")));
    assertEquals(Optional.empty(), lengths.expected(request("hello", "site-2")));
  }

  @Test
  void compositionsThatCameLastAreRemembered() {
    lengths.succeeded(HELLO, Duration.ofSeconds(10), seen());
    for (int i = 0; i < 1000; i++) {
      lengths.succeeded(request("c" + i, "site-1"), Duration.ofSeconds(1), seen());
    }
    assertEquals(Optional.empty(), lengths.expected(HELLO));
    assertEquals(Optional.of(Duration.ofSeconds(1)), lengths.expected(request("c999", "site-1")));
  }

  private static Course seen() {
    Course course = Course.fromStart();
    course.saw(Duration.ofSeconds(1), Sighting.Shares.NONE);
    return course;
  }

  private static RenderRequest request(String composition, String site) {
    return new RenderRequest(
        Optional.empty(), RenderType.MEDIA, composition, Map.of("serveUrl", site), "f");
  }
}
