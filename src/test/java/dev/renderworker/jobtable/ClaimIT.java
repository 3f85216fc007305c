package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.BERT;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.RENDER;
import static dev.renderworker.jobtable.JobTables.START;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.claim;
import static dev.renderworker.jobtable.JobTables.delivery;
import static dev.renderworker.jobtable.JobTables.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.operations.QueuedJob;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedAws.class)
class ClaimIT {
  private static final Failure FAILURE =
      new Failure.OfJob(ErrorCode.FLAKY_RENDER, "connection reset", List.of("chunk 3"));

  private final LocalAws aws;

  private JobTables tables;
  private DynamoJobLedger ledger;

  ClaimIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    ledger = tables.ledger();
  }

  @AfterEach
  void closeClient() {
    tables.close();
  }

  @Test
  void newJobIsClaimedInOneCall() {
    long before = aws.counts().of("dynamodb", "UpdateItem");

    assertEquals(Optional.empty(), ledger.claimNew(claim(ANNA, 1)));

    assertEquals(1, aws.counts().of("dynamodb", "UpdateItem") - before);
    assertEquals(
        new Job(
            JOB,
            new Job.State(
                JobStatus.STARTING,
                new Tries(1, 0, 0),
                Optional.of(ANNA),
                new Job.Times(START, Optional.of(START), Optional.empty(), Optional.empty()),
                false),
            Optional.of("m1"),
            Optional.of("sha-1"),
            Optional.empty(),
            false,
            Optional.empty()),
        tables.job());
    var item = tables.item(JOB);
    assertEquals("Intro", item.get("composition").s());
    assertEquals("https://example.com/site", item.get("serveUrl").s());
    assertEquals("media", item.get("type").s());
    assertEquals("{\"composition\":\"Intro\"}", item.get("request").s());
    assertEquals("2030-11-20T10:00:00.123Z", item.get("createdAt").s());
    assertFalse(item.containsKey("requestTruncated"));
    assertFalse(item.containsKey("expiresAt"));
    assertEquals(List.of("STARTING (attempt 1 by anna-1-x)"), tables.history());
  }

  @Test
  void ofManyClaimsAtOnceOneWins() throws Exception {
    int rivals = 20;
    var together = new CountDownLatch(rivals);
    List<Future<Optional<Job>>> claims = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rivals; i++) {
        Claim claim = claim(new WorkerId("worker-" + i), 1);
        claims.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  return ledger.claimNew(claim);
                }));
      }
    }

    List<Job> losersSaw = new ArrayList<>();
    for (Future<Optional<Job>> claim : claims) {
      claim.get().ifPresent(losersSaw::add);
    }
    assertEquals(rivals - 1, losersSaw.size());
    losersSaw.forEach(job -> assertEquals(tables.job(), job));
  }

  @Test
  void recordInTheWayComesBackUnchanged() {
    tables.rendering(ANNA);

    Optional<Job> inTheWay = ledger.claimNew(claim(BERT, 1));

    assertEquals(Optional.of(tables.job()), inTheWay);
    assertEquals(Optional.of(ANNA), inTheWay.get().state().owner());
    assertEquals(Optional.of(RENDER), inTheWay.get().render());
  }

  @Test
  void queuedJobIsClaimedAndKeepsItsCreation() {
    queue();

    assertEquals(Optional.empty(), ledger.claimNew(claimAt(5)));

    assertEquals("2030-11-20T10:00:00.123Z", tables.item(JOB).get("createdAt").s());
    assertEquals(List.of("QUEUED", "STARTING (attempt 1 by anna-1-x)"), tables.history());
  }

  @Test
  void queuedJobOfAnotherRequestIsInTheWay() {
    queue();
    Claim other =
        new Claim(
            new Ownership(JOB, ANNA, 1),
            new Tries(1, 0, 0),
            delivery("m1"),
            request("sha-2"),
            START);

    assertEquals(Optional.of("sha-1"), ledger.claimNew(other).orElseThrow().fingerprint());
  }

  @Test
  void queuedJobThatWasCancelledIsInTheWay() {
    queue();
    new DynamoJobOrders(tables.tables()).cancel(JOB, at(1));

    assertEquals(JobStatus.CANCELLED, ledger.claimNew(claimAt(2)).orElseThrow().status());
  }

  @Test
  void retryingJobIsClaimedAsSeenAndForgetsTheLastRender() {
    Ownership own = tables.rendering(ANNA);
    ledger.retrying(own, FAILURE, new NextStep.Retry(at(60), true), at(30));
    Job seen = tables.job();

    assertTrue(ledger.claim(seen, claim(BERT, 2)));

    Job now = tables.job();
    assertEquals(JobStatus.STARTING, now.status());
    assertEquals(2, now.state().tries().attempt());
    assertEquals(Optional.of(BERT), now.state().owner());
    assertEquals(Optional.empty(), now.render());
    assertEquals(Optional.empty(), now.state().times().retry());
    assertEquals(
        Optional.of(new Job.LastError(ErrorCode.FLAKY_RENDER, "connection reset")),
        now.lastError());
  }

  @Test
  void jobThatChangedSinceItWasSeenIsNotClaimed() {
    Ownership own = tables.rendering(ANNA);
    ledger.retrying(own, FAILURE, new NextStep.Retry(at(60), true), at(30));
    Job seen = tables.job();
    assertTrue(ledger.claim(seen, claim(ANNA, 2)));

    assertFalse(ledger.claim(seen, claim(BERT, 2)));
    assertEquals(Optional.of(ANNA), tables.job().state().owner());
  }

  @Test
  void wishToCancelKeepsRetryingJobFromBeingClaimed() {
    Ownership own = tables.rendering(ANNA);
    ledger.retrying(own, FAILURE, new NextStep.Retry(at(60), true), at(30));
    Job seen = tables.job();
    new DynamoJobOrders(tables.tables()).cancel(JOB, at(40));

    assertFalse(ledger.claim(seen, claim(BERT, 2)));
  }

  @Test
  void newRoundOfFailedJobForgetsItsEnd() {
    Ownership own = tables.rendering(ANNA);
    new DynamoJobOrders(tables.tables()).cancel(JOB, at(20));
    ledger.failed(own, FAILURE, at(30));
    ledger.deadLettered(JOB, "m1", at(31));
    Claim next =
        new Claim(
            new Ownership(JOB, BERT, 2),
            new Tries(2, 1, 0),
            delivery("m2"),
            request("sha-1"),
            at(90));

    assertTrue(ledger.claim(tables.job(), next));

    Job now = tables.job();
    assertEquals(1, now.state().tries().earlier());
    assertEquals(Optional.of("m2"), now.messageId());
    assertFalse(now.state().deadLettered());
    assertFalse(now.cancelRequested());
    assertFalse(tables.item(JOB).containsKey("expiresAt"));
    assertFalse(tables.item(JOB).containsKey("finishedAt"));
  }

  @Test
  void firstTakeOverOfAnAttemptIsRemembered() {
    Ownership own = tables.claimed(ANNA);
    assertTrue(ledger.takeOver(tables.job(), BERT, delivery("m1"), at(50)));
    assertTrue(ledger.takeOver(tables.job(), ANNA, delivery("m1"), at(90)));
    assertEquals(Optional.of(at(50)), tables.job().state().times().takenOver());

    ledger.putBack(own, 0, "stopping", at(91));
    assertEquals(Optional.empty(), tables.job().state().times().takenOver());
  }

  @Test
  void nextAttemptForgetsThatTheLastOneWasTakenOver() {
    tables.claimed(ANNA);
    assertTrue(ledger.takeOver(tables.job(), BERT, delivery("m1"), at(50)));
    assertTrue(ledger.claim(tables.job(), claim(BERT, 2)));
    assertEquals(Optional.empty(), tables.job().state().times().takenOver());
  }

  @Test
  void takeOverChangesTheOwnerAndItsTimeAndNothingElse() {
    tables.rendering(ANNA);
    Job seen = tables.job();

    assertTrue(ledger.takeOver(seen, BERT, delivery("m2"), at(50)));

    Job now = tables.job();
    assertEquals(Optional.of(BERT), now.state().owner());
    assertEquals(Optional.of("m2"), now.messageId());
    assertEquals(JobStatus.RENDERING, now.status());
    assertEquals(Optional.of(RENDER), now.render());
    assertEquals(1, now.state().tries().attempt());
    assertEquals(seen.state().times().started(), now.state().times().started());
    assertEquals("RENDERING (taken over by bert-2-y)", tables.history().getLast());
  }

  @Test
  void releasedJobIsTakenOverOnce() {
    ledger.release(tables.rendering(ANNA), at(10));
    Job seen = tables.job();

    assertTrue(ledger.takeOver(seen, BERT, delivery("m1"), at(11)));
    assertFalse(ledger.takeOver(seen, ANNA, delivery("m1"), at(12)));
    assertEquals(Optional.of(BERT), tables.job().state().owner());
  }

  @Test
  void ownerThatShowedLifeIsNotTakenOver() {
    Ownership own = tables.rendering(ANNA);
    Job seen = tables.job();
    ledger.progress(own, 0.5, at(49));

    assertFalse(ledger.takeOver(seen, BERT, delivery("m1"), at(50)));
  }

  @Test
  void cancelledBeforeStartEndsAsSeen() {
    queue();
    Job seen = tables.job();

    assertTrue(ledger.cancelled(seen, at(5)));
    assertEquals(JobStatus.CANCELLED, tables.job().status());
    assertEquals(
        Long.toString(at(5).plus(JobTables.RETENTION).getEpochSecond()),
        tables.item(JOB).get("expiresAt").n());
    assertFalse(ledger.cancelled(seen, at(6)));
  }

  @Test
  void jobThatWasTriedAgainSinceIsNotCancelled() {
    Ownership own = tables.rendering(ANNA);
    ledger.retrying(own, FAILURE, new NextStep.Retry(at(60), true), at(30));
    Job seen = tables.job();
    assertTrue(ledger.claim(seen, claim(BERT, 2)));
    Ownership second = claim(BERT, 2).ownership();
    ledger.retrying(second, FAILURE, new NextStep.Retry(at(90), true), at(70));

    assertFalse(ledger.cancelled(seen, at(80)));
    assertEquals(JobStatus.RETRYING, tables.job().status());
  }

  @Test
  void bodyTooLargeForTheRecordIsCutThere() {
    Delivery large =
        new Delivery(
            "m1", "x".repeat(1024 * 1024), delivery("m1").receipt(), delivery("m1").trail());

    ledger.claimNew(
        new Claim(new Ownership(JOB, ANNA, 1), new Tries(1, 0, 0), large, request("sha-1"), START));

    assertEquals(100 * 1024, tables.item(JOB).get("request").s().length());
    assertTrue(tables.item(JOB).get("requestTruncated").bool());
  }

  private void queue() {
    new DynamoJobOrders(tables.tables()).queued(new QueuedJob(JOB, request("sha-1"), "{}", START));
  }

  private static Claim claimAt(int seconds) {
    return new Claim(
        new Ownership(JOB, ANNA, 1),
        new Tries(1, 0, 0),
        delivery("m1"),
        request("sha-1"),
        at(seconds));
  }
}
