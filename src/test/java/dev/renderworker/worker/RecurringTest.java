package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringTest {
  private final TestTime time = new TestTime();
  private final StopSignal stop = time.stopSignal();
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void stepIsRepeatedAtItsIntervalUntilTheSignal() {
    recurring(() -> stopAfter(3)).run();
    assertEquals(3, steps.get());
    assertEquals(List.of(Duration.ofSeconds(7)), time.waits().stream().distinct().toList());
  }

  @Test
  void signalBeforeTheFirstStepIsHeeded() {
    stop.stop();
    recurring(() -> stopAfter(1)).run();
    assertEquals(0, steps.get());
  }

  @Test
  void nothingThatAStepThrowsEndsIt() {
    recurring(
            () -> {
              stopAfter(4);
              if (steps.get() % 2 == 0) {
                throw new ServiceUnavailableException("the table refuses", null);
              }
              throw new StackOverflowError("even that");
            })
        .run();
    assertEquals(4, steps.get());
  }

  private void stopAfter(int last) {
    if (steps.incrementAndGet() == last) {
      stop.stop();
    }
  }

  private Recurring recurring(Runnable step) {
    return new Recurring("test", Duration.ofSeconds(7), stop, step);
  }
}
