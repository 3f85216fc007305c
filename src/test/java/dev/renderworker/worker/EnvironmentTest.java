package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final Failure DENIED =
      new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "the role may not invoke");

  private static final StartOutcome THROTTLED =
      new StartOutcome.NotStarted(new Failure.Throttled(ErrorCode.THROTTLED, "slow down"));

  @Test
  void brokenEnvironmentPutsTheJobBackUnchargedAndPausesUntilAProbeSucceeds() {
    try (var bench = new Bench()) {
      var mended = new CountDownLatch(1);
      bench.renderer.job("job-1").fails(DENIED);
      bench.renderer.checkFinds(() -> Optional.of(DENIED));
      bench.renderer.checkFinds(
          () -> {
            Until.opened(mended);
            return Optional.empty();
          });
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitIdle();
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.QUEUED, job.status());
      assertEquals(0, job.state().tries().attempt());
      assertEquals(Optional.of(DENIED), running.worker().pausedBy());

      Until.holds("it pauses", () -> bench.journal.has("renderer check "));
      bench.queue.send("m-2", "job-2");
      bench.time.advance(Duration.ofMinutes(1));
      Until.holds("it probes", () -> bench.journal.count("renderer check ") == 2);
      assertEquals(0, bench.queue.receives("m-2"));
      mended.countDown();
      bench.awaitDeleted("m-1");
      bench.awaitDeleted("m-2");
      assertEquals(Optional.empty(), running.worker().pausedBy());
    }
  }

  @Test
  void heartbeatTellsWhatIsHeldAndOfThePause() {
    try (var bench = new Bench().heartbeat(Duration.ofMillis(1))) {
      var end = new CountDownLatch(1);
      var mended = new CountDownLatch(1);
      bench.renderer.job("job-1").doneAfter(end);
      bench.renderer.checkFinds(
          () -> {
            Until.opened(mended);
            return Optional.empty();
          });
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start("anna");
      Until.holds("one is held", () -> bench.registry.says("anna", 1, Optional.empty()));

      running.worker().pause(DENIED);

      Until.holds("it is paused", () -> bench.registry.says("anna", 1, Optional.of(DENIED)));
      mended.countDown();
      end.countDown();
      Until.holds("none is held", () -> bench.registry.says("anna", 0, Optional.empty()));
    }
  }

  @Test
  void retryThatMeetsABrokenEnvironmentIsPutBackAsARetry() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .fails(new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed"))
          .fails(DENIED);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);
      bench.awaitIdle();
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitEntry("ledger putBack job-1");
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.RETRYING, job.status());
      assertEquals(1, job.state().tries().attempt());
    }
  }

  @Test
  void pauseEndsOnlyWhenTheJobsTableAnswersToo() {
    try (var bench = new Bench()) {
      bench.journal.refuse("ledger claimNew", 1);
      bench.journal.refuse("ledger find", 2);
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      Until.holds(
          "it asks until it is answered", () -> bench.journal.of("ledger find").size() == 3);
      Until.holds("it goes on", () -> running.worker().pausedBy().isEmpty());
      bench.queue.deliverAgain("m-1");
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void jobThatIsPutBackAgainAndAgainIsHiddenLongerEachTime() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(DENIED).fails(DENIED).fails(DENIED);
      bench.queue.sendReceived("m-1", "job-1", 0);
      bench.queue.sendReceived("m-5", "job-5", 4);
      bench.queue.sendReceived("m-19", "job-19", 18);
      bench.renderer.job("job-5").fails(DENIED);
      bench.renderer.job("job-19").fails(DENIED);
      bench.time.freeze();
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitEntry("queue hide m-5");
      bench.awaitEntry("queue hide m-19");
      assertEquals(Duration.ofSeconds(30), bench.queue.hiddenFor("m-1"));
      assertEquals(Duration.ofMinutes(8), bench.queue.hiddenFor("m-5"));
      assertEquals(Duration.ofMinutes(15), bench.queue.hiddenFor("m-19"));
    }
  }

  @Test
  void pauseThatEndedTooEarlyLastsLongerTheNextTime() {
    var bench = new Bench();
    var stop = bench.time.stopSignal();
    var gate = new Gate();
    var pause =
        new Pause(
            new Shift(new WorkerId("me"), bench.ports(), bench.time, stop, new LongestDraw()),
            gate,
            () -> {});
    for (int i = 0; i < 4; i++) {
      gate.close(DENIED);
      assertTrue(pause.awaitOpen());
    }
    bench.time.advance(Duration.ofMinutes(11));
    gate.close(DENIED);
    assertTrue(pause.awaitOpen());
    assertEquals(
        List.of(2L, 4L, 8L, 16L, 2L),
        bench.time.waits().stream().map(Duration::toSeconds).toList());
  }

  @Test
  void startThatThrottlingDelaysIsReckonedFromItsLastTry() {
    try (var bench = new Bench()) {
      var started = new AtomicReference<Instant>();
      bench
          .renderer
          .job("job-1")
          .starts(
              () -> {
                bench.time.advance(Duration.ofMinutes(10));
                return THROTTLED;
              })
          .starts(
              () -> {
                started.set(bench.ledger.job("job-1").state().times().started().orElseThrow());
                return new StartOutcome.Started(FakeRenderer.render("render"));
              });
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertTrue(started.get().isAfter(TestTime.START.plus(Duration.ofMinutes(10))));
      assertEquals(1, bench.ledger.job("job-1").state().tries().attempt());
    }
  }

  @Test
  void workerThatLostTheJobWhileThrottledStartsNothing() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .starts(
              () -> {
                bench.time.advance(Duration.ofMinutes(10));
                bench.ledger.giveTo("other", "job-1");
                return THROTTLED;
              });
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("ledger startingNow job-1");
      bench.awaitIdle();
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void receiveThatFailsIsTriedAgainAndLeaksNoPermit() {
    try (var bench = new Bench()) {
      bench.journal.refuse("queue receive", 3);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void receiveThatFailsUnexpectedlyDoesNotEndTheWorker() {
    try (var bench = new Bench()) {
      bench.journal.refuse("queue receive", 2, new IllegalArgumentException("a bug"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void probeThatFailsUnexpectedlyDoesNotEndTheWorker() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(DENIED);
      bench.renderer.checkFinds(
          () -> {
            throw new IllegalStateException("a bug");
          });
      bench.queue.send("m-1", "job-1");
      Worker worker = bench.start().worker();
      bench.awaitEntry("queue hide m-1");
      // A receive that was parked before the pause would take the message into the pause.
      Until.holds("the worker has resumed", () -> worker.pausedBy().isEmpty());
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void workerThatBeginsPausedTakesNothingUntilAProbeSucceeds() {
    try (var bench = new Bench().pausedBy(DENIED)) {
      var mended = new CountDownLatch(1);
      bench.renderer.checkFinds(
          () -> {
            Until.opened(mended);
            return Optional.empty();
          });
      bench.queue.send("m-1", "job-1");
      Bench.Running running = bench.start();
      bench.awaitEntry("renderer check ");
      assertEquals(Optional.of(DENIED), running.worker().pausedBy());
      assertEquals(0, bench.queue.receives("m-1"));
      mended.countDown();
      bench.awaitDeleted("m-1");
    }
  }

  @Test
  void workerThatCannotSayThatItIsAliveDoesNotBegin() {
    var bench = new Bench();
    bench.journal.refuse("registry beat", 1);
    var settings =
        new WorkerSettings(1, Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(5));
    var worker =
        new Worker(
            new WorkerId("me"),
            bench.ports(),
            new Worker.Rules(settings, bench.rules()),
            bench.time,
            new StopSignal());
    assertThrows(ServiceUnavailableException.class, worker::run);
    assertEquals(List.of(), bench.journal.of("queue"));
  }

  @Test
  void jobWhoseTableFailsMidwayIsReleasedForEveryWorker() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.RENDER_CANCELLED, "gone")));
      bench.journal.refuse("ledger find", 1);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("ledger release job-1");
      assertEquals(Optional.empty(), bench.ledger.job("job-1").state().owner());
    }
  }
}
