package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final StopSignal stop = new StopSignal();
  private final Turns turns = new Turns(1, stop);

  @Test
  void stopGivesUpEveryWaitForATurnAndLetsTheCallUnderWayEnd() {
    var calling = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var results = new ConcurrentLinkedQueue<Optional<String>>();
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    results.add(
                        turns.takeUnlessStopped(
                            () -> {
                              calling.countDown();
                              Until.opened(goOn);
                              return "called";
                            })));
    Until.opened(calling);
    List<Thread> others =
        IntStream.range(0, 1000)
            .mapToObj(
                _ ->
                    Thread.ofVirtual()
                        .start(() -> results.add(turns.takeUnlessStopped(() -> "called too"))))
            .toList();
    stop.stop();
    Until.holds("the others end", () -> others.stream().noneMatch(Thread::isAlive));
    assertEquals(1000, results.stream().filter(Optional::isEmpty).count());
    goOn.countDown();
    Until.holds("the first ends", () -> !first.isAlive());
    assertEquals(1, results.stream().filter(Optional.of("called")::equals).count());
  }

  @Test
  void turnThatIsNotToBeGivenUpComesAfterAStopToo() {
    stop.stop();
    assertEquals("called", turns.take(() -> "called"));
    assertEquals(Optional.empty(), turns.takeUnlessStopped(() -> "called"));
  }
}
