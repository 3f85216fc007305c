package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {
  @Test
  void rendersInFlightAreHandedOverAtOnceAndFollowedElsewhere() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench.queue.send("m-1", "job-1");
      Bench.Running first = bench.start();
      Until.holds("it is followed", () -> bench.time.waiting() == 1);
      first.stop();
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.RENDERING, job.status());
      assertEquals(Optional.empty(), job.state().owner());
      assertTrue(bench.queue.hiddenFor("m-1").compareTo(Duration.ZERO) <= 0);

      bench.start();
      // Who takes over looks at once: the render may have ended meanwhile.
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.journal.of("renderer start").size());
      assertEquals(1, bench.ledger.job("job-1").state().tries().attempt());
    }
  }

  @Test
  void startUnderWayGetsItsRenderIdWrittenBeforeTheJobIsHandedOver() {
    try (var bench = new Bench()) {
      var starting = new CountDownLatch(1);
      var answer = new CountDownLatch(1);
      bench
          .renderer
          .job("job-1")
          .starts(
              () -> {
                starting.countDown();
                Until.opened(answer);
                return new StartOutcome.Started(FakeRenderer.render("job-1/1"));
              });
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.opened(starting);
      running.signal().stop();
      answer.countDown();
      running.join();
      assertEquals(
          List.of("ledger rendering job-1", "ledger release job-1", "queue hide m-1"),
          once(bench.journal.of("ledger rendering", "ledger release", "queue hide")));
      assertEquals(Optional.of(FakeRenderer.render("job-1/1")), bench.ledger.job("job-1").render());
    }
  }

  @Test
  void startThatIsStillThrottledIsPutBackUncharged() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench.renderer.job("job-1").fails(new Failure.Throttled(ErrorCode.THROTTLED, "slow down"));
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds("it waits in place", () -> bench.time.waiting() == 1);
      running.stop();
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.QUEUED, job.status());
      assertEquals(0, job.state().tries().attempt());
      assertTrue(bench.queue.hiddenFor("m-1").compareTo(Duration.ZERO) <= 0);
    }
  }

  @Test
  void searchForAnOrphanIsHandedOverAsASearch() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench
          .renderer
          .job("job-1")
          .fails(new Failure.Uncertain("no answer"))
          .orphan(new OrphanSearch.NotYet());
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds("it looks for the orphan", () -> bench.time.waiting() == 1);
      running.stop();
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.STARTING, job.status());
      assertEquals(Optional.empty(), job.state().owner());
      assertEquals(1, job.state().tries().attempt());
    }
  }

  @Test
  void parkedReceiveIsLeftToReturnAndWhatItBroughtIsReleased() {
    try (var bench = new Bench()) {
      bench.queue.longPoll(Duration.ofSeconds(10));
      Bench.Running running = bench.start();
      Until.holds("the receive is parked", () -> bench.queue.parked() == 1);
      running.signal().stop();
      bench.queue.send("m-1", "job-1");
      running.join();
      assertEquals(List.of(), bench.journal.of("ledger", "renderer"));
      assertEquals(List.of("queue hide m-1"), bench.journal.of("queue hide"));
      assertTrue(bench.queue.hiddenFor("m-1").compareTo(Duration.ZERO) <= 0);
    }
  }

  @Test
  void workersTableIsLeftAfterTheLastMessageHasBeenLetGo() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds("it is followed", () -> bench.time.waiting() == 1);
      running.stop();
      assertEquals(
          List.of("queue hide m-1", "registry leave worker-1"),
          once(bench.journal.of("queue hide", "registry leave")));
    }
  }

  @Test
  void workerStopsAlsoWhenTheTablesRefuseTheHandover() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds("it is followed", () -> bench.time.waiting() == 1);
      bench.journal.refuse("ledger release", 100);
      bench.journal.refuse("registry leave", 100);
      running.stop();
      assertEquals(JobStatus.RENDERING, bench.ledger.status("job-1"));
      assertEquals(Optional.empty(), running.worker().pausedBy());
    }
  }

  @Test
  void workerWhoseReceivingEndsByAnInterruptHandsOverToo() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds("it is followed", () -> bench.time.waiting() == 1);
      running.thread().interrupt();
      bench.awaitEntry("queue hide m-1");
      assertEquals(Optional.empty(), bench.ledger.job("job-1").state().owner());
    }
  }

  @Test
  void heartbeatUnderWayCannotBringAWorkerBackThatHasLeft() {
    try (var bench = new Bench().heartbeat(Duration.ofMillis(1))) {
      Bench.Running running = bench.start();
      Until.holds("it receives", () -> !bench.journal.of("queue receive").isEmpty());
      var goOn = new CountDownLatch(1);
      var beating = new CountDownLatch(1);
      bench.registry.duringBeat(
          () -> {
            beating.countDown();
            Until.opened(goOn);
          });
      Until.opened(beating);
      running.signal().stop();
      Until.holds(
          "the worker waits for the beat, or has left",
          () -> Bench.waits(running.thread()) || bench.journal.has("registry leave worker-1"));
      goOn.countDown();
      running.join();
      Until.holds("the beat has ended", () -> bench.registry.beating() == 0);
      assertEquals(Instant.MIN, bench.registry.lastBeat(new WorkerId("worker-1")));
    }
  }

  @Test
  void stoppingTwiceOrBeforeTheStartIsFine() {
    try (var bench = new Bench()) {
      Bench.Running running = bench.start();
      running.stop();
      running.stop();
      assertEquals(List.of("registry leave worker-1"), bench.journal.of("registry leave"));
    }
  }

  /** The receive that is parked at a stop can bring a message that was just handed over. */
  private static List<String> once(List<String> entries) {
    return entries.stream().distinct().toList();
  }
}
