package dev.renderworker.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FifoTest {
  private static final Failure CRASHED = new Failure.OfJob(ErrorCode.BROWSER_CRASHED, "crashed");

  @Test
  void messagesOfAGroupRunOneAfterTheOtherInOrder() {
    try (var bench = new Bench()) {
      sendGroup(bench, "group", 3);
      bench.start();
      bench.awaitDeleted("group-3");
      assertEquals(
          List.of(
              "renderer start group-1/1",
              "queue delete group-1#1",
              "renderer start group-2/1",
              "queue delete group-2#1",
              "renderer start group-3/1",
              "queue delete group-3#1"),
          bench.journal.of("renderer start", "queue delete"));
    }
  }

  @Test
  void groupsDoNotWaitForEachOther() {
    try (var bench = new Bench()) {
      var goOn = new CountDownLatch(1);
      bench.renderer.job("slow-1").doneAfter(goOn);
      sendGroup(bench, "slow", 2);
      sendGroup(bench, "quick", 2);
      bench.start();
      bench.awaitDeleted("quick-2");
      assertTrue(bench.queue.holds("slow-1"));
      goOn.countDown();
      bench.awaitDeleted("slow-2");
    }
  }

  @Test
  void restOfAGroupGoesBackWhenOneHasToRetry() {
    try (var bench = new Bench()) {
      bench.renderer.job("group-2").fails(CRASHED);
      sendGroup(bench, "group", 4);
      bench.start();
      bench.awaitStatus("group-2", JobStatus.RETRYING);
      bench.awaitIdle();
      assertEquals(
          List.of("queue hide group-2", "queue hide group-3", "queue hide group-4"),
          bench.journal.of("queue hide"));
      assertTrue(bench.queue.hiddenFor("group-4").compareTo(Duration.ZERO) <= 0);
      bench.time.advance(Duration.ofMinutes(1));
      bench.awaitDeleted("group-4");
      assertEquals(
          List.of(
              "ledger succeeded group-1",
              "ledger succeeded group-2",
              "ledger succeeded group-3",
              "ledger succeeded group-4"),
          bench.journal.of("ledger succeeded"));
    }
  }

  @Test
  void messageThatFailedForGoodDoesNotHoldUpItsGroup() {
    try (var bench = new Bench()) {
      bench.renderer.job("group-1").fails(new Failure.OfJob(ErrorCode.DISK_FULL, "full"));
      sendGroup(bench, "group", 2);
      bench.start();
      bench.awaitDeleted("group-2");
      assertEquals(1, bench.queue.deadLetters().size());
      assertEquals(List.of(), bench.journal.of("queue hide"));
    }
  }

  @Test
  void restOfAGroupGoesBackAtAStop() {
    try (var bench = new Bench()) {
      bench.time.freeze();
      sendGroup(bench, "group", 3);
      Bench.Running running = bench.start();
      Until.holds("the first is followed", () -> bench.time.waiting() == 1);
      running.stop();
      assertEquals(
          List.of("queue hide group-1", "queue hide group-2", "queue hide group-3"),
          bench.journal.of("queue hide").stream().distinct().toList());
      assertEquals(List.of("renderer start group-1/1"), bench.journal.of("renderer start"));
    }
  }

  @Test
  void groupWhoseRestCannotBeHiddenGivesAllItsPermitsBack() {
    try (var bench = new Bench()) {
      bench.renderer.job("group-1").fails(CRASHED);
      bench.journal.refuse("queue hide", 3, new IllegalStateException("a bug in the adapter"));
      sendGroup(bench, "group", 3);
      Bench.Running running = bench.start();
      bench.awaitStatus("group-1", JobStatus.RETRYING);
      bench.awaitIdle();
      running.stop();
      assertEquals(3, bench.journal.of("queue hide").size());
    }
  }

  @Test
  void logContextOfOneMessageDoesNotLeakIntoTheNext() {
    var leaked = new ConcurrentLinkedQueue<String>();
    MessageReader reader =
        body -> {
          String job = MDC.get("jobId");
          if (job != null) {
            leaked.add(job);
          }
          return Bodies.read(body);
        };
    try (var bench = new Bench().reader(reader)) {
      sendGroup(bench, "group", 3);
      bench.start();
      bench.awaitDeleted("group-3");
      assertNull(leaked.peek());
    }
  }

  private static void sendGroup(Bench bench, String group, int messages) {
    for (int i = 1; i <= messages; i++) {
      bench.queue.sendToGroup(group, group + "-" + i, group + "-" + i);
    }
  }
}
