package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThrottleTest {
  private final Bench bench = new Bench();
  private final StopSignal stop = bench.time.stopSignal();
  private final Gate gate = new Gate();
  private final Throttle throttle =
      new Throttle(
          new Shift(new WorkerId("me"), bench.ports(), bench.time, stop, new LongestDraw()),
          gate,
          20);

  @Test
  void nobodyWaitsWhileNothingIsRefused() {
    enter(20);
    assertEquals(20, throttle.limit());
    assertEquals(List.of(), bench.time.waits());
  }

  @Test
  void refusalHalvesWhatRunsAndWhatIsRefusedTogetherCountsOnce() {
    List<Throttle.Place> places = enter(12);
    places.subList(6, 12).forEach(Throttle.Place::refused);
    assertEquals(6, throttle.limit());
  }

  @Test
  void limitNeverFallsBelowOne() {
    for (int i = 0; i < 6; i++) {
      refuse(enter(1).getFirst());
      assertEquals(1, throttle.limit());
    }
  }

  @Test
  void nobodyEntersForAWhileThatGrowsWithEachRefusalAndEndsWithAStart() {
    refuse(enter(1).getFirst());
    refuse(enter(1).getFirst());
    Throttle.Place third = enter(1).getFirst();
    third.accepted();
    refuse(third);
    enter(1);
    assertEquals(List.of(2L, 4L, 2L), waits());
  }

  @Test
  void eachRenderThatCameThroughAtTheLimitMakesRoomForOneMore() {
    List<Throttle.Place> places = enter(8);
    refuse(places.getLast());
    places.subList(0, 7).forEach(Throttle.Place::close);
    assertEquals(6, throttle.limit(), "the first two left while the limit was reached");
    enter(1).getFirst().close();
    assertEquals(6, throttle.limit(), "nothing shows that more would go");
  }

  @Test
  void limitNeverExceedsTheCap() {
    List<Throttle.Place> places = enter(20);
    refuse(places.getFirst());
    places.subList(1, 20).forEach(Throttle.Place::close);
    IntStream.range(0, 100).forEach(_ -> enter(throttle.limit()).forEach(Throttle.Place::close));
    assertEquals(20, throttle.limit());
  }

  @Test
  void startWaitsUntilAnotherRenderHasEnded() {
    List<Throttle.Place> places = enter(2);
    refuse(places.getLast());
    bench.time.freeze();
    var entered = new AtomicReference<Optional<Throttle.Place>>();
    Thread waiting = Thread.ofVirtual().start(() -> entered.set(throttle.enter()));
    Until.holds("it waits", () -> bench.time.waiting() == 1);
    bench.time.advance(Duration.ofSeconds(2));
    Until.holds("it looks, and waits on", () -> bench.time.waits().size() == 2);
    assertEquals(null, entered.get());
    places.getFirst().close();
    bench.time.advance(Duration.ofSeconds(2));
    Until.holds("it has entered", () -> !waiting.isAlive());
    assertTrue(entered.get().isPresent());
  }

  @Test
  void renderThatIsTakenOverWaitsForNobodyAndCounts() {
    refuse(enter(2).getLast());
    throttle.join();
    throttle.join();
    bench.time.freeze();
    Thread waiting = Thread.ofVirtual().start(throttle::enter);
    Until.holds("it waits", () -> bench.time.waiting() == 1);
    stop.stop();
    Until.holds("it gives up", () -> !waiting.isAlive());
  }

  @Test
  void nobodyEntersWhileTheWorkerIsPausedOrStops() {
    gate.close(new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "denied"));
    assertEquals(Optional.empty(), throttle.enter());
    gate.open();
    assertTrue(throttle.enter().isPresent());
    stop.stop();
    assertEquals(Optional.empty(), throttle.enter());
  }

  @Test
  void renderThatFoundNoRoomForItsFunctionsLowersTheLimitToo() {
    List<Throttle.Place> places = enter(8);
    var failed =
        new Ending.Failed(new Failure.OfJob(ErrorCode.CONCURRENCY_LIMIT, "Rate Exceeded."));
    assertEquals(failed, places.getFirst().ended(failed));
    assertEquals(4, throttle.limit());
  }

  @Test
  void clockThatIsSetBackHoldsNobodyForLong() {
    refuse(enter(1).getFirst());
    bench.time.advance(Duration.ofHours(-1));
    enter(1);
    assertEquals(List.of(), waits());
  }

  private static void refuse(Throttle.Place place) {
    place.refused();
    place.close();
  }

  private List<Throttle.Place> enter(int renders) {
    return IntStream.range(0, renders).mapToObj(_ -> throttle.enter().orElseThrow()).toList();
  }

  private List<Long> waits() {
    return bench.time.waits().stream().map(Duration::toSeconds).toList();
  }
}
