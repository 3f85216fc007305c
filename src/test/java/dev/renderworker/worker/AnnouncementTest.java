package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.WorkerEvent.Announced;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  private static final Failure BROKEN = new Failure.OfJob(ErrorCode.COMPOSITION_ERROR, "threw");

  private final Bench bench = new Bench();
  private final Journal journal = bench.journal;

  AnnouncementTest() {
    bench.notices();
  }

  @Test
  void successIsToldAfterItsRecordAndBeforeTheDelete() {
    try (bench) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of("ledger succeeded job-1", "notices send job-1", "queue delete m-1#1"),
          journal.of("ledger succeeded", "notices", "queue delete"));
      assertEquals(List.of(new Announced(Announced.Outcome.SENT)), announced());
    }
  }

  @Test
  void failureIsToldAfterItsDeadLetter() {
    try (bench) {
      bench.renderer.job("job-1").fails(BROKEN);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(
          List.of(
              "queue deadLetter m-1",
              "ledger deadLettered job-1",
              "notices send job-1",
              "queue delete m-1#1"),
          journal.of("queue deadLetter", "ledger deadLettered", "notices", "queue delete"));
    }
  }

  @Test
  void rejectionAndCancelBeforeTheStartAreToldToo() {
    try (bench) {
      bench.ledger.requestCancel("job-2");
      bench.queue.send("m-1", "!job-1");
      bench.queue.send("m-2", "job-2");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.awaitDeleted("m-2");
      assertTrue(journal.has("notices send job-1"));
      assertTrue(journal.has("notices send job-2"));
    }
  }

  @Test
  void retryIsNoEnd() {
    try (bench) {
      bench.renderer.job("job-1").fails(new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed"));
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitStatus("job-1", JobStatus.RETRYING);
      bench.awaitIdle();
      assertEquals(List.of(), journal.of("notices"));
    }
  }

  @Test
  void jobThatHadEndedIsToldAgainToWhoeverSendsItAgain() {
    try (bench) {
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitDeleted("m-1");
      bench.queue.send("m-2", "job-1");
      bench.awaitDeleted("m-2");
      assertEquals(2, journal.count("notices send job-1"));
      assertEquals(1, bench.observer.events(WorkerEvent.JobEnded.class).size());
    }
  }

  @Test
  void refusedNoticeHoldsNoSlotAndIsToldWhenTheMessageComesBack() {
    try (bench) {
      journal.refuse("notices send", 1);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitIdle();
      assertEquals(Duration.ofSeconds(30), bench.queue.hiddenFor("m-1"));
      assertFalse(journal.has("queue delete m-1#1"));

      bench.time.advance(Duration.ofSeconds(30));
      bench.awaitDeleted("m-1");
      assertEquals(1, journal.count("notices send job-1"));
      assertEquals(1, journal.of("renderer start").size());
      assertEquals(
          List.of(
              new Announced(Announced.Outcome.POSTPONED), new Announced(Announced.Outcome.SENT)),
          announced());
    }
  }

  @Test
  void refusedNoticeOfAFailureDeadLettersOnlyOnce() {
    try (bench) {
      bench.renderer.job("job-1").fails(BROKEN);
      journal.refuse("notices send", 1);
      bench.queue.send("m-1", "job-1");
      bench.start();
      bench.awaitEntry("queue hide m-1");
      bench.awaitIdle();
      bench.time.advance(Duration.ofSeconds(30));
      bench.awaitDeleted("m-1");
      assertEquals(1, bench.queue.deadLetters().size());
      assertEquals(1, journal.count("notices send job-1"));
    }
  }

  @Test
  void jobEndsAllTheSameWhenNobodyCanBeTold() {
    try (bench) {
      journal.refuse("notices send", 100);
      bench.queue.sendReceived("m-1", "job-1", 9);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(JobStatus.SUCCEEDED, bench.ledger.status("job-1"));
      assertEquals(List.of(new Announced(Announced.Outcome.GIVEN_UP)), announced());
    }
  }

  @Test
  void messageIsDeletedBeforeTheQueueWouldDeadLetterIt() {
    bench.maxReceiveCount(3);
    try (bench) {
      journal.refuse("notices send", 100);
      bench.queue.sendReceived("m-1", "job-1", 1);
      bench.start();
      bench.awaitDeleted("m-1");
      assertEquals(List.of(), bench.queue.deadLetters());
      assertEquals(List.of(new Announced(Announced.Outcome.GIVEN_UP)), announced());
    }
  }

  private List<Announced> announced() {
    return bench.observer.events(Announced.class);
  }
}
