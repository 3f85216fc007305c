package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderType;
import dev.renderworker.worker.WorkerEvent.AttemptEnded;
import dev.renderworker.worker.WorkerEvent.AttemptEnded.How;
import dev.renderworker.worker.WorkerEvent.JobEnded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerEventTest {
  private static final Failure CRASHED = new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed");

  private final Bench bench = new Bench();

  @Test
  void successTellsOfStartAttemptJobAndRender() {
    try (bench) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(
              new WorkerEvent.Started(Duration.ZERO),
              new AttemptEnded(How.SUCCEEDED, Optional.empty()),
              new JobEnded(JobStatus.SUCCEEDED, Optional.empty()),
              new WorkerEvent.Rendered(
                  RenderType.MEDIA, FakeRenderer.output().work(), bench.time.instant())),
          bench.observer.events());
    }
  }

  @Test
  void waitForThrottlingCountsTowardsTheStart() {
    try (bench) {
      bench.renderer.job("job-1").fails(new Failure.Throttled(ErrorCode.THROTTLED, "slow down"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      List<WorkerEvent.Started> started = bench.observer.events(WorkerEvent.Started.class);
      assertEquals(1, started.size());
      assertTrue(started.getFirst().sinceReceived().isPositive());
    }
  }

  @Test
  void failedAttemptIsCountedAndTheJobOnlyOnceItIsOver() {
    try (bench) {
      bench.renderer.job("job-1").fails(CRASHED);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);
      bench.awaitIdle();
      assertEquals(
          List.of(new AttemptEnded(How.RETRYING, Optional.of(ErrorCode.BROWSER_CRASHED))),
          bench.observer.events(AttemptEnded.class));
      assertEquals(List.of(), bench.observer.events(JobEnded.class));
    }
  }

  @Test
  void rejectionIsAJobWithoutAnAttempt() {
    try (bench) {
      bench.queue.send("m-1", "!job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(new JobEnded(JobStatus.REJECTED, Optional.of(ErrorCode.INVALID_MESSAGE))),
          bench.observer.events());
    }
  }

  @Test
  void startThatTheEnvironmentPreventedIsPutBackAndNamesItsCode() {
    try (bench) {
      bench
          .renderer
          .job("job-1")
          .fails(new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "denied"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("ledger putBack job-1");
      bench.awaitIdle();
      assertEquals(
          List.of(new AttemptEnded(How.PUT_BACK, Optional.of(ErrorCode.ACCESS_DENIED))),
          bench.observer.events(AttemptEnded.class));
    }
  }

  @Test
  void takeoverIsTold() {
    try (bench) {
      bench.queue.sendReceived("m-1", "job-1", 1);
      Claim claim = Samples.claim("job-1", "other");
      bench.ledger.claimNew(claim);
      bench.ledger.rendering(
          claim.ownership(),
          FakeRenderer.render(new JobId("job-1"), 1),
          RenderLinks.of(FakeRenderer.render(new JobId("job-1"), 1), claim.request()),
          bench.time.instant());
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.observer.events(WorkerEvent.TakenOver.class).size());
      assertEquals(List.of(), bench.observer.events(WorkerEvent.Started.class));
    }
  }

  @Test
  void stopHandsOver() {
    try (bench) {
      bench.time.freeze();
      bench.queue.send("m-1", "job-1");
      Bench.Running worker = bench.start();
      Until.holds("it is followed", () -> bench.time.waiting() == 1);
      worker.stop();
      assertEquals(
          List.of(new AttemptEnded(How.HANDED_OVER, Optional.empty())),
          bench.observer.events(AttemptEnded.class));
    }
  }
}
