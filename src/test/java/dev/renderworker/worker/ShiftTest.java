package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShiftTest {
  private final Bench bench = new Bench();
  private final StopSignal stop = bench.time.stopSignal();
  private final Shift shift = bench.shift(stop);

  @Test
  void writeIsRepeatedWithGrowingWaitsUntilTheServiceTakesIt() {
    bench.journal.refuse("write", 8);
    shift.insist(() -> bench.journal.note("write", "it"));
    assertEquals(1, bench.journal.count("write it"));
    assertEquals(
        List.of(500L, 1000L, 2000L, 4000L, 8000L, 15000L, 15000L, 15000L),
        bench.time.waits().stream().map(Duration::toMillis).toList());
  }

  @Test
  void writeIsTriedOnceMoreAtAStopAndThenGivenUp() {
    stop.stop();
    bench.journal.refuse("write", 8);
    assertThrows(
        ServiceUnavailableException.class,
        () -> shift.insist(() -> bench.journal.note("write", "it")));
    assertEquals(List.of("write it refused"), bench.journal.of("write"));
  }

  @Test
  void whatIsNoOutageIsNotRepeated() {
    bench.journal.refuse("write", 1, new IllegalStateException("a bug"));
    assertThrows(
        IllegalStateException.class, () -> shift.insist(() -> bench.journal.note("write", "it")));
    assertEquals(List.of(), bench.time.waits());
  }
}
