package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JobLifeTest {
  private static final Sighting OUTPUT_EXISTS =
      new Sighting.Ended(new Failure.OfJob(ErrorCode.OUTPUT_EXISTS, "already exists"));

  private static final Failure CRASHED = new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed");
  private static final Failure THROTTLED = new Failure.Throttled(ErrorCode.THROTTLED, "slow down");
  private static final Failure UNCERTAIN = new Failure.Uncertain("no answer");

  @Test
  void jobIsClaimedStartedFollowedAndFinishedInThisOrder() {
    try (var bench = new Bench()) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(
              "ledger claimNew job-1",
              "renderer start job-1/1",
              "ledger rendering job-1",
              "renderer look job-1/1",
              "ledger succeeded job-1",
              "queue delete m-1#1"),
          bench.journal.of("ledger", "renderer", "queue delete"));
    }
  }

  @Test
  void finishedStillIsNotFollowed() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("still")
          .starts(new StartOutcome.Finished(FakeRenderer.render("r"), FakeRenderer.output()));
      bench.queue.send("m-1", "still");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("still"));
      assertEquals(List.of(), bench.journal.of("renderer look"));
    }
  }

  @Test
  void messageWithoutAJobIdIsKeyedByItsMessageId() {
    try (var bench = new Bench()) {
      bench.queue.send("m-1", "- some request");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("m-1"));
    }
  }

  @Test
  void bodyThatBreaksTheContractIsRecordedThenDeadLetteredThenDeleted() {
    try (var bench = new Bench()) {
      bench.queue.send("m-1", "!job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(
              "ledger rejected job-1",
              "queue deadLetter m-1",
              "ledger deadLettered job-1",
              "queue delete m-1#1"),
          bench.journal.of("ledger", "queue deadLetter", "queue delete"));
      assertEquals(ErrorCode.INVALID_MESSAGE, deadLetter(bench).reason().code());
      assertEquals("/composition: is missing", deadLetter(bench).reason().message());
    }
  }

  @Test
  void anotherRequestUnderATakenJobIdIsRejectedUnderItsMessageId() {
    try (var bench = new Bench()) {
      bench.queue.send("m-1", "job-1 request A");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.queue.send("m-2", "job-1 request B");
      bench.awaitDeleted("m-2");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
      assertEquals(JobStatus.REJECTED, bench.ledger.status("m-2"));
      assertEquals(ErrorCode.JOB_ID_CONFLICT, deadLetter(bench).reason().code());
    }
  }

  @Test
  void secondSendOfAJobThatSucceededRendersNothing() {
    try (var bench = new Bench()) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.queue.send("m-2", "job-1");
      bench.awaitDeleted("m-2");
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void failedAttemptIsRetriedAfterItsBackoffAsTheNextAttempt() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(CRASHED);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);
      bench.awaitIdle();
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of("renderer start job-1/1", "renderer start job-1/2"),
          bench.journal.of("renderer start"));
    }
  }

  @Test
  void lastAttemptsFailureIsRecordedThenDeadLetteredThenDeleted() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.COMPOSITION_ERROR, "it threw")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(
              "ledger failed job-1",
              "queue deadLetter m-1",
              "ledger deadLettered job-1",
              "queue delete m-1#1"),
          bench.journal.of("ledger failed", "ledger dead", "queue deadLetter", "queue delete"));
      DeadLetter letter = deadLetter(bench);
      assertEquals(ErrorCode.COMPOSITION_ERROR, letter.reason().code());
      assertEquals(Optional.of("job-1/1"), letter.renderId());
      assertEquals(1, letter.attempts());
      assertEquals(new WorkerId("worker-1"), letter.reason().worker());
    }
  }

  @Test
  void crashBetweenRecordAndDeadLetterEndsInADeadLetterAllTheSame() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
      bench.journal.refuse("queue deadLetter", 1, new IllegalStateException("killed"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      assertEquals(JobStatus.FAILED, bench.ledger.status("job-1"));
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
      assertEquals(ErrorCode.DISK_FULL, deadLetter(bench).reason().code());
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void crashBetweenDeadLetterAndDeleteOnlyDeletes() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
      bench.journal.refuse("queue delete", 1, new IllegalStateException("killed"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.queue.deadLetters().size());
    }
  }

  @Test
  void redriveOfAFailedJobBeginsANewRound() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.queue.send("redriven", "job-1");
      bench.awaitDeleted("redriven");
      Job job = bench.ledger.job("job-1");
      assertEquals(JobStatus.SUCCEEDED, job.status());
      assertEquals(2, job.state().tries().attempt());
      assertEquals(1, job.state().tries().earlier());
    }
  }

  @Test
  void endThatTheTableRefusesIsWrittenAgainUntilItIsTaken() {
    try (var bench = new Bench()) {
      bench.journal.refuse("ledger succeeded", 5);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
      assertEquals(6, bench.journal.of("ledger succeeded").size());
      assertEquals(1, bench.journal.of("renderer start").size());
    }
  }

  @Test
  void throttledStartWaitsInPlaceAndCostsNoAttempt() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(THROTTLED).fails(THROTTLED).fails(THROTTLED);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(4, bench.journal.count("renderer start job-1/1"));
      assertEquals(1, bench.ledger.job("job-1").state().tries().attempt());
      assertEquals(List.of(), bench.journal.of("queue hide", "ledger putBack"));
    }
  }

  @Test
  void uncertainStartIsLookedForAndAdopted() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .fails(UNCERTAIN)
          .orphan(new OrphanSearch.NotYet())
          .orphan(new OrphanSearch.Unknown(THROTTLED))
          .orphan(new OrphanSearch.Found(FakeRenderer.render("job-1/orphan")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.journal.of("renderer start").size());
      assertTrue(bench.journal.has("renderer look job-1/orphan"));
      assertEquals(
          Optional.of(FakeRenderer.render("job-1/orphan")), bench.ledger.job("job-1").render());
    }
  }

  @Test
  void uncertainStartWithoutATraceIsRetriedAsANewAttempt() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").fails(UNCERTAIN).orphan(new OrphanSearch.None());
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);
      bench.awaitIdle();
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of("renderer start job-1/1", "renderer start job-1/2"),
          bench.journal.of("renderer start"));
    }
  }

  @Test
  void messageThatWasDeliveredTooOftenIsDeadLetteredBeforeTheQueueWould() {
    try (var bench = new Bench().maxReceiveCount(5)) {
      bench.queue.sendReceived("m-1", "job-1", 4);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.FAILED, bench.ledger.status("job-1"));
      assertEquals(ErrorCode.POISON_MESSAGE, deadLetter(bench).reason().code());
      assertEquals(List.of(), bench.journal.of("renderer"));
    }
  }

  @Test
  void bodyThatCanNeverBeFetchedIsRecordedAndDeadLetteredBeforeTheQueueWould() {
    MessageReader denied =
        body -> {
          throw new ServiceUnavailableException("Access Denied to " + body, null);
        };
    try (var bench = new Bench().maxReceiveCount(3).reader(denied)) {
      bench.queue.sendReceived("m-1", "s3://inputs/body", 2);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.REJECTED, bench.ledger.status("m-1"));
      assertEquals(ErrorCode.POISON_MESSAGE, deadLetter(bench).reason().code());
      assertEquals(
          "could not be read in all its deliveries: Access Denied to s3://inputs/body",
          deadLetter(bench).reason().message());
      assertEquals(1, bench.journal.of("queue deadLetter").size());
    }
  }

  @Test
  void messageWithOneReceiveLeftIsStillRendered() {
    try (var bench = new Bench().maxReceiveCount(5)) {
      bench.queue.sendReceived("m-1", "job-1", 3);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void firstReceiveIsNeverPoisonEvenWhereTheQueueAllowsOnlyOne() {
    try (var bench = new Bench().maxReceiveCount(1)) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void poisonedRenderIsNamedInItsDeadLetter() {
    try (var bench = new Bench().maxReceiveCount(2)) {
      leaveRendering(bench);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(ErrorCode.POISON_MESSAGE, deadLetter(bench).reason().code());
      assertEquals(Optional.of("job-1/1"), deadLetter(bench).renderId());
    }
  }

  @Test
  void renderOfAWorkerThatDiedIsFollowedOnAndNotStartedAgain() {
    try (var bench = new Bench()) {
      leaveRendering(bench);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
      assertEquals(List.of(), bench.journal.of("renderer start"));
    }
  }

  @Test
  void renderOfAWorkerThatLivesIsLeftAlone() {
    try (var bench = new Bench()) {
      leaveRendering(bench);
      bench.registry.beat(new WorkerId("other"), bench.time.instant());
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitIdle();
      assertEquals(Bench.STALE_AFTER.multipliedBy(2), bench.queue.hiddenFor("m-1"));
      assertEquals(List.of(), bench.journal.of("renderer", "ledger takeOver"));
    }
  }

  @Test
  void startOfAWorkerThatDiedIsLookedForBeforeAnotherStart() {
    try (var bench = new Bench()) {
      leaveStarting(bench, "other");
      bench.renderer.job("job-1").orphan(new OrphanSearch.Found(FakeRenderer.render("job-1/o")));
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(List.of(), bench.journal.of("renderer start"));
      assertTrue(bench.journal.has("renderer look job-1/o"));
    }
  }

  @Test
  void restartedWorkerDoesNotTakeItsPredecessorOnTheHostForItself() {
    try (var bench = new Bench()) {
      bench.registry.beat(new WorkerId("host/1/first"), bench.time.instant());
      leaveRendering(bench, "host/1/first");
      bench.start("host/1/second");
      bench.awaitEntry("queue hide m-1");
      assertEquals(
          Optional.of(new WorkerId("host/1/first")), bench.ledger.job("job-1").state().owner());
    }
  }

  @Test
  void jobThatThisProcessDroppedIsTakenUpAgainAlthoughItsOwnerLives() {
    try (var bench = new Bench()) {
      leaveRendering(bench, "worker-1");
      bench.start("worker-1");
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void fencedWorkerLetsGoAndDoesNotTouchTheMessage() {
    try (var bench = new Bench()) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("job-1").doneAfter(goOn);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("renderer look job-1/1");
      bench.ledger.giveTo("other", "job-1");
      goOn.countDown();
      bench.awaitIdle();
      assertEquals(JobStatus.RENDERING, bench.ledger.status("job-1"));
      assertEquals(List.of(), bench.journal.of("queue hide", "queue delete", "queue dead"));
      assertTrue(bench.queue.hiddenFor("m-1").isPositive());
    }
  }

  @Test
  void jobCancelledBeforeItsFirstDeliveryNeverStarts() {
    try (var bench = new Bench()) {
      bench.ledger.requestCancel("job-1");
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.CANCELLED, bench.ledger.status("job-1"));
      assertEquals(List.of(), bench.journal.of("renderer"));
    }
  }

  @Test
  void cancelOfARunningRenderIsAskedForOnceAndEndsCancelled() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                bench.ledger.requestCancel("job-1");
                return running(bench, 0.2);
              })
          .shows(() -> running(bench, 0.4))
          .shows(() -> running(bench, 0.6))
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.RENDER_CANCELLED, "gone")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.CANCELLED, bench.ledger.status("job-1"));
      assertEquals(1, bench.journal.count("renderer cancel job-1/1"));
      assertEquals(List.of(), bench.queue.deadLetters());
    }
  }

  @Test
  void renderThatFailsAfterItsCancelEndsCancelled() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                bench.ledger.requestCancel("job-1");
                return running(bench, 0.2);
              })
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.RENDER_LOST, "silent")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.CANCELLED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void renderThatCannotBeCancelledIsLetGoAndRunsOn() {
    try (var bench = new Bench()) {
      var shown = bench.renderer.job("job-1");
      shown.shows(
          () -> {
            bench.ledger.requestCancel("job-1");
            return running(bench, 0.2);
          });
      for (int i = 0; i < 20; i++) {
        shown.shows(() -> running(bench, 0.2));
      }
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.CANCELLED, bench.ledger.status("job-1"));
      assertEquals(1, bench.journal.count("renderer cancel job-1/1"));
      assertEquals(List.of(), bench.queue.deadLetters());
    }
  }

  @Test
  void wishThatHeartbeatTellsOfReachesTheRenderBetweenTwoLooks() {
    try (var bench = new Bench().heartbeat(Duration.ofMillis(10))) {
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                bench.ledger.requestCancel("job-1");
                bench.registry.tellOfCancel("job-1");
                bench.awaitEntry("renderer cancel job-1/1");
                return running(bench, 0.01);
              })
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.RENDER_CANCELLED, "gone")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.CANCELLED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void renderThatSomeoneElseCancelledHasFailed() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(new Sighting.Ended(new Failure.OfJob(ErrorCode.RENDER_CANCELLED, "gone")));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.FAILED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void faultOfOursComesBackAfterAWhileAndIsTakenUpWhereItWas() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                throw new IllegalStateException("a bug");
              });
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitIdle();
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.journal.of("renderer start").size());
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
    }
  }

  @Test
  void jobThatIsDroppedByAFaultIsReleasedForEveryWorker() {
    try (var bench = new Bench()) {
      bench
          .renderer
          .job("job-1")
          .shows(
              () -> {
                throw new IllegalStateException("a bug");
              });
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      assertEquals(Optional.empty(), bench.ledger.job("job-1").state().owner());
      assertEquals(JobStatus.RENDERING, bench.ledger.status("job-1"));
    }
  }

  private static DeadLetter deadLetter(Bench bench) {
    assertEquals(1, bench.queue.deadLetters().size());
    return bench.queue.deadLetters().getFirst().letter();
  }

  private static Sighting running(Bench bench, double progress) {
    bench.time.advance(Duration.ofSeconds(6));
    return new Sighting.Running(progress, Sighting.Shares.NONE);
  }

  /** A job that another worker was rendering, and its message, delivered once so far. */
  private static void leaveRendering(Bench bench) {
    leaveRendering(bench, "other");
  }

  private static void leaveRendering(Bench bench, String owner) {
    Claim claim = leaveStarting(bench, owner);
    bench.ledger.rendering(
        claim.ownership(),
        FakeRenderer.render(new JobId("job-1"), 1),
        RenderLinks.of(FakeRenderer.render(new JobId("job-1"), 1), claim.request()),
        bench.time.instant());
  }

  private static Claim leaveStarting(Bench bench, String owner) {
    bench.queue.sendReceived("m-1", "job-1", 1);
    Claim claim = Samples.claim("job-1", owner);
    bench.ledger.claimNew(claim);
    return claim;
  }

  @Test
  void renderThatFindsTheOutputOfAnEarlierOneSucceedsWithThat() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").shows(OUTPUT_EXISTS).earlierOutput(FakeRenderer.done());
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
      assertEquals(List.of(), bench.queue.deadLetters());
    }
  }

  @Test
  void renderThatFindsAStrangersOutputFails() {
    try (var bench = new Bench()) {
      bench.renderer.job("job-1").shows(OUTPUT_EXISTS);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.FAILED, bench.ledger.status("job-1"));
      assertEquals(1, bench.queue.deadLetters().size());
    }
  }
}
