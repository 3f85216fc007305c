package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that was frozen for longer than it takes to be thought gone, and wakes up. */
class FencingTest {

  static Stream<Sighting> sightings() {
    return Stream.of(
        FakeRenderer.done(),
        new Sighting.Ended(new Failure.OfJob(ErrorCode.DISK_FULL, "full")),
        new Sighting.Ended(new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed")),
        new Sighting.Running(0.5, Sighting.Shares.NONE));
  }

  @ParameterizedTest
  @MethodSource("sightings")
  void wokenWorkerLetsGoOfRecordAndMessageWhateverItSees(Sighting seen) {
    try (var bench = new Bench().cap(1).heartbeat(Duration.ofHours(1))) {
      var wake = new CountDownLatch(1);
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                Until.opened(wake);
                return seen;
              });
      bench.queue.send("m-1", "job-1");
      Bench.Running frozen = bench.start();
      bench.awaitEntry("renderer look job-1/1");
      bench.time.advance(Bench.STALE_AFTER.plusSeconds(1));
      bench.queue.deliverAgain("m-1");
      bench.start();
      bench.awaitDeleted("m-1");
      Job ended = bench.ledger.job("job-1");
      assertEquals(JobStatus.SUCCEEDED, ended.status());

      wake.countDown();
      Until.holds("it lets go", () -> frozen.worker().inFlight() == 0);
      assertEquals(ended, bench.ledger.job("job-1"));
      assertEquals(List.of(), bench.queue.deadLetters());
      assertEquals(List.of("queue delete m-1#2"), bench.journal.of("queue delete", "queue hide"));
      assertEquals(2, bench.journal.of("renderer look").size());
      assertEquals(1, bench.journal.of("renderer start").size());
      assertEquals(Optional.empty(), frozen.worker().pausedBy());
    }
  }

  @Test
  void workerThatFreezesBetweenItsClaimAndItsStartSendsNothing() {
    try (var bench = new Bench().cap(1).heartbeat(Duration.ofHours(1))) {
      var wake = new CountDownLatch(1);
      var onTheWay = new CountDownLatch(1);
      bench
          .renderer
          .job("job-1")
          .onTheWay(
              () -> {
                if (onTheWay.getCount() > 0) {
                  onTheWay.countDown();
                  Until.opened(wake);
                }
              });
      bench.queue.send("m-1", "job-1");
      Bench.Running frozen = bench.start();
      Until.opened(onTheWay);
      bench.time.advance(Bench.STALE_AFTER.plusSeconds(1));
      bench.queue.deliverAgain("m-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);

      wake.countDown();
      Until.holds("it lets go", () -> frozen.worker().inFlight() == 0);
      assertEquals(List.of(), bench.journal.of("renderer start job-1/1"));
      assertEquals(1, bench.journal.of("renderer findOrphan").size());
    }
  }

  @Test
  void messageThatIsInTheQueueAgainIsNotDeadLettered() {
    var bench = new Bench();
    var inFlight = new InFlight();
    MessageHandler handler = handler(bench, inFlight, bench.time.stopSignal());
    bench.queue.send("m-1", "!job-1");
    Delivery delivery = bench.queue.receive(1).getFirst();

    handler.handleInOrder(List.of(inFlight.admit(delivery, System.nanoTime() - 1).orElseThrow()));

    assertEquals(JobStatus.REJECTED, bench.ledger.status("job-1"));
    assertFalse(bench.ledger.job("job-1").state().deadLettered());
    assertEquals(List.of(), bench.journal.of("queue deadLetter", "queue hide", "queue delete"));
    assertTrue(bench.queue.holds("m-1"));
    assertEquals(0, inFlight.size());

    Delivery again = Samples.delivery("m-1", 2);
    again = new Delivery("m-1", "!job-1", again.receipt(), again.trail());
    handler.handleInOrder(
        List.of(inFlight.admit(again, System.nanoTime() + 60_000_000_000L).orElseThrow()));
    assertEquals(1, bench.queue.deadLetters().size());
  }

  /** Another worker may hold it by now, and a hide of zero would give it to a third. */
  @Test
  void messageThatIsInTheQueueAgainIsNotHidden() {
    var bench = new Bench();
    var inFlight = new InFlight();
    var stop = bench.time.stopSignal();
    stop.stop();
    MessageHandler handler = handler(bench, inFlight, stop);

    handler.handleInOrder(
        List.of(
            inFlight.admit(Samples.delivery("m-1", 1), System.nanoTime() - 1).orElseThrow(),
            inFlight
                .admit(Samples.delivery("m-2", 1), System.nanoTime() + 60_000_000_000L)
                .orElseThrow()));

    assertEquals(List.of("queue hide m-2"), bench.journal.of("queue hide"));
    assertEquals(0, inFlight.size());
  }

  private static MessageHandler handler(Bench bench, InFlight inFlight, StopSignal stop) {
    var shift = bench.shift(stop);
    var script = new JobScript(shift, bench.rules(), new Rejections(shift), null, null);
    return new MessageHandler(
        shift, script, new Gate(), inFlight, new Capacity(1, () -> 1, new StopSignal()));
  }
}
