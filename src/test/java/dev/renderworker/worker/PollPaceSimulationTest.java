package dev.renderworker.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.worker.Sighting.Shares;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the default pace costs, and how soon it sees the end; the same in every run. */
class PollPaceSimulationTest {
  private static final PollPace PACE = new PollPace(Duration.ofMillis(500), Duration.ofSeconds(15));

  private static final RenderRequest REQUEST =
      new RenderRequest(Optional.empty(), RenderType.MEDIA, "hello", Map.of(), "f");

  private static final int RENDERS = 2000;

  private final RandomGenerator random = new Random(5);

  /** How one render was seen. */
  private record Followed(int reads, double delay) {}

  @ParameterizedTest
  @CsvSource({
    "  3,  3.7, 0.60,  3.1, 0.60",
    " 10,  6.9, 0.60,  4.5, 0.60",
    " 20,  8.2, 0.90,  4.6, 0.95",
    " 60, 12.0, 1.00,  8.4, 1.00",
    "600, 48.0, 1.00, 44.5, 1.00"
  })
  void endIsSeenWithinASecondByFewReads(
      long seconds, double reads, double delay, double readsThen, double delayThen) {
    var lengths = new RenderLengths();
    List<Followed> first = new ArrayList<>();
    List<Followed> later = new ArrayList<>();
    for (int i = 0; i < RENDERS; i++) {
      SimulatedRender render = SimulatedRender.of(Duration.ofSeconds(seconds), random);
      first.add(follow(render::at, render.end(), new RenderLengths()));
      later.add(follow(render::at, render.end(), lengths));
    }
    check(seconds + " s, composition new", first, reads, delay);
    check(seconds + " s, composition known", later, readsThen, delayThen);
  }

  private static void check(String what, List<Followed> renders, double reads, double delay) {
    double mean = renders.stream().mapToInt(Followed::reads).average().orElseThrow();
    List<Double> delays = renders.stream().map(Followed::delay).sorted().toList();
    double p95 = delays.get(RENDERS * 95 / 100);
    String measured =
        "%s: %.1f reads a render, end seen after p50 %.2f s, p95 %.2f s"
            .formatted(what, mean, delays.get(RENDERS / 2), p95);
    System.out.println(measured);
    assertTrue(mean <= reads && p95 <= delay, measured);
  }

  /** Recorded from the real function on a small machine: every one lasts a few seconds. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "success",
        "success-slow",
        "success-concurrency-1",
        "success-big-props",
        "success-out-name-object",
        "success-png-muted-scaled",
        "overwrite-done-before-upload",
        "webhook-refused-500"
      })
  void recordedLifeIsSeenToItsEnd(String life) throws IOException {
    NavigableMap<Double, Shares> seen = recorded(life);
    double end = seen.lastKey();
    Followed followed =
        follow(
            at -> seen.floorEntry(Math.max(at, seen.firstKey())).getValue(),
            end,
            new RenderLengths());
    System.out.printf(
        "%s, %.1f s: %d reads, end seen after %.2f s%n",
        life, end, followed.reads(), followed.delay());
    assertTrue(followed.reads() <= 6 && followed.delay() <= 0.8, followed::toString);
  }

  @Test
  void rendersThatAreOverAtOnceSoonCostOneLookEach() {
    var lengths = new RenderLengths();
    assertEquals(1.5, follow(_ -> Shares.NONE, 0, lengths).delay(), 0.16);
    follow(_ -> Shares.NONE, 0, lengths);
    Followed third = follow(_ -> Shares.NONE, 0, lengths);
    assertEquals(1, third.reads());
    assertEquals(0.5, third.delay(), 0.06);
  }

  private Followed follow(DoubleFunction<Shares> at, double end, RenderLengths lengths) {
    Course course = Course.fromStart();
    Duration elapsed = PACE.first(lengths.expected(REQUEST), random);
    int reads = 1;
    for (; seconds(elapsed) < end; reads++) {
      course.saw(elapsed, at.apply(seconds(elapsed)));
      elapsed = elapsed.plus(PACE.next(course, elapsed, random));
    }
    lengths.succeeded(REQUEST, elapsed, course);
    return new Followed(reads, seconds(elapsed) - end);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static NavigableMap<Double, Shares> recorded(String life) throws IOException {
    NavigableMap<Double, Shares> seen = new TreeMap<>();
    List<String> statuses =
        new String(resource(life, "statuses.jsonl").readAllBytes(), UTF_8).lines().toList();
    Iterator<JsonNode> times =
        JsonMapper.shared().readTree(resource(life, "timeline.json")).iterator();
    for (String status : statuses) {
      seen.put(
          times.next().path("atMs").asLong() / 1000.0,
          shares(JsonMapper.shared().readTree(status)));
    }
    return seen;
  }

  private static InputStream resource(String life, String file) {
    return PollPaceSimulationTest.class.getResourceAsStream(
        "/goldens/lifecycles/" + life + "/" + file);
  }

  private static Shares shares(JsonNode status) {
    double frames = status.path("renderMetadata").path("frameRange").path(1).asInt() + 1.0;
    double rendered =
        6 * status.path("framesRendered").asDouble()
            + status.path("encodingStatus").path("framesEncoded").asDouble();
    return new Shares(
        Math.min(1, rendered / 7 / frames),
        Math.min(1, status.path("combinedFrames").asDouble() / frames));
  }
}
