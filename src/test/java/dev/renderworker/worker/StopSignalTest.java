package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final StopSignal stop = new StopSignal();

  @Test
  void waitEndsByItselfWithoutAStop() {
    assertFalse(stop.await(Duration.ofMillis(1)));
    assertFalse(stop.stopped());
  }

  @Test
  void stopEndsEveryWait() {
    Thread waiting = Thread.ofVirtual().start(() -> stop.await(FOR_EVER));
    stop.stop();
    Until.holds("the wait ends", () -> !waiting.isAlive());
    assertTrue(stop.await(FOR_EVER));
  }

  @Test
  void stoppingAgainChangesNothing() {
    stop.stop();
    stop.stop();
    assertTrue(stop.stopped());
  }

  @Test
  void interruptCountsAsAStopAndIsKept() {
    Thread.currentThread().interrupt();
    assertTrue(stop.await(FOR_EVER));
    assertTrue(Thread.interrupted());
    assertFalse(stop.stopped());
  }
}
