package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuplicateTest {
  @Test
  void duplicateInFlightRendersNothingAndItsReceiptIsTheOneThatIsDeleted() {
    try (var bench = new Bench()) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("job-1").doneAfter(goOn);
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      bench.awaitEntry("renderer look job-1/1");
      bench.queue.deliverAgain("m-1");
      Until.holds("it is delivered again", () -> bench.queue.receives("m-1") == 2);
      assertEquals(1, running.worker().inFlight());
      goOn.countDown();
      bench.awaitDeleted("m-1");
      assertEquals(List.of("queue delete m-1#2"), bench.journal.of("queue delete"));
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void duplicateInFlightHoldsNoSecondPermit() {
    try (var bench = new Bench().cap(2)) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("job-1").doneAfter(goOn);
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      bench.awaitEntry("renderer look job-1/1");
      assertEquals(1, running.worker().free());
      bench.queue.deliverAgain("m-1");
      Until.holds("it is delivered again", () -> bench.queue.receives("m-1") == 2);
      bench.queue.send("m-2", "job-2");
      bench.awaitDeleted("m-2");
      Until.holds("one is held", () -> running.worker().inFlight() == 1);
      goOn.countDown();
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void secondMessageOfAJobAtWorkHereIsHiddenAndNotRun() {
    try (var bench = new Bench()) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("job-1").doneAfter(goOn);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("renderer look job-1/1");
      bench.queue.send("m-2", "job-1");
      bench.awaitEntry("queue hide m-2");
      assertEquals(Bench.STALE_AFTER, bench.queue.hiddenFor("m-2"));
      goOn.countDown();
      bench.awaitDeleted("m-1");
      bench.time.advance(Bench.STALE_AFTER);
      bench.awaitDeleted("m-2");
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void jobWhoseFirstMessageHasEndedHereCanRunAgainHere() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.queue.send("m-2", "job-1");
      bench.awaitStatus("job-1", JobStatus.SUCCEEDED);
    }
  }

  @Test
  void slowJobNeverHoldsUpOthersOfItsBatch() {
    try (var bench = new Bench()) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("slow").doneAfter(goOn);
      bench.queue.send("m-slow", "slow");
      for (int i = 0; i < 9; i++) {
        bench.queue.send("m-" + i, "job-" + i);
      }
      bench.start();
      for (int i = 0; i < 9; i++) {
        bench.awaitDeleted("m-" + i);
      }
      assertTrue(bench.queue.holds("m-slow"));
      goOn.countDown();
      bench.awaitDeleted("m-slow");
    }
  }

  @Test
  void neverMoreMessagesAreHeldThanTheCapAllows() {
    try (var bench = new Bench().cap(3)) {
      var goOn = new CountDownLatch(1);
      for (int i = 0; i < 12; i++) {
        bench.renderer.job("job-" + i).doneAfter(goOn);
        bench.queue.send("m-" + i, "job-" + i);
      }
      Bench.Running running = bench.start();
      Until.holds("three are held", () -> running.worker().inFlight() == 3);
      assertEquals(0, running.worker().free());
      goOn.countDown();
      for (int i = 0; i < 12; i++) {
        bench.awaitDeleted("m-" + i);
      }
      assertTrue(asked(bench).allMatch(max -> max <= 3));
    }
  }

  /** How many messages each receive asked for. */
  private static IntStream asked(Bench bench) {
    return bench.journal.of("queue receive").stream()
        .mapToInt(entry -> Integer.parseInt(entry.substring("queue receive ".length())));
  }
}
