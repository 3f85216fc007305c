package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void receiveAsksForTenAtMost() throws InterruptedException {
    var capacity = new Capacity(25, () -> 25, stop);
    assertEquals(10, capacity.take());
    assertEquals(15, capacity.free());
  }

  @Test
  void neverMoreIsTakenThanIsFree() throws InterruptedException {
    var capacity = new Capacity(12, () -> 12, stop);
    assertEquals(10, capacity.take());
    assertEquals(2, capacity.take());
    assertEquals(0, capacity.take());
  }

  @Test
  void noMoreIsTakenThanTheLimitAllowsAndWhatIsTakenStays() throws InterruptedException {
    var limit = new AtomicInteger(12);
    var capacity = new Capacity(12, limit::get, stop);
    assertEquals(10, capacity.take());
    limit.set(4);
    assertEquals(0, capacity.take());
    assertEquals(2, capacity.free());
    capacity.giveBack(9);
    assertEquals(3, capacity.take());
    assertEquals(0, capacity.take());
  }

  @Test
  void stopEndsTheWaitForAHigherLimit() throws InterruptedException {
    var waits = new AtomicInteger();
    var capacity = new Capacity(2, () -> 0, new StopSignal((_, _) -> waits.incrementAndGet() == 1));
    assertEquals(0, capacity.take());
    assertEquals(1, waits.get());
    assertEquals(2, capacity.free());
  }

  @Test
  void permitThatIsGivenBackIsTakenAgain() throws InterruptedException {
    var capacity = new Capacity(1, () -> 1, stop);
    assertEquals(1, capacity.take());
    capacity.giveBack(1);
    assertEquals(1, capacity.take());
  }

  @Test
  void interruptWhileABatchFormsLeaksNoPermit() throws InterruptedException {
    var capacity = new Capacity(12, () -> 12, stop);
    assertEquals(10, capacity.take());
    Thread taking =
        Thread.ofPlatform()
            .start(() -> assertThrows(InterruptedException.class, () -> takeForEver(capacity)));
    Until.holds("it waits for a batch", () -> capacity.free() == 1);
    taking.interrupt();
    Until.holds("it ends", () -> !taking.isAlive());
    assertEquals(2, capacity.free());
  }

  private static void takeForEver(Capacity capacity) throws InterruptedException {
    while (true) {
      capacity.giveBack(capacity.take());
    }
  }
}
