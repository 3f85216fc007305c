package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.OUTPUT;
import static dev.renderworker.jobtable.JobTables.RENDER;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.beat;
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
import dev.renderworker.job.Ownership;
import dev.renderworker.job.Tries;
import dev.renderworker.job.Violation;
import dev.renderworker.local.LocalAws;
import dev.renderworker.operations.CancelOutcome;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.QueuedJob;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(60)
@ExtendWith(SharedAws.class)
class JobOrdersIT {
  private final LocalAws aws;

  private JobTables tables;
  private DynamoJobLedger ledger;
  private DynamoJobOrders orders;

  JobOrdersIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    ledger = tables.ledger();
    orders = new DynamoJobOrders(tables.tables());
  }

  @AfterEach
  void closeClient() {
    tables.close();
  }

  @Test
  void queuedJobHasRecordBeforeItsMessageArrives() {
    assertEquals(Optional.empty(), orders.queued(queued()));

    Job job = tables.job();
    assertEquals(JobStatus.QUEUED, job.status());
    assertEquals(0, job.state().tries().attempt());
    assertEquals(Optional.of("sha-1"), job.fingerprint());
    assertEquals(Optional.empty(), job.messageId());
    assertFalse(tables.item(JOB).containsKey("expiresAt"));
  }

  @Test
  void jobIdThatIsTakenStaysAsItIs() {
    tables.rendering(ANNA);
    Job before = tables.job();

    assertEquals(Optional.of(JobStatus.RENDERING), orders.queued(queued()).map(JobView::status));
    assertEquals(before, tables.job());
  }

  @Test
  void onlyJobThatHasNotEndedCanBeCancelled() {
    assertEquals(new CancelOutcome.Unknown(), orders.cancel(JOB, at(1)));
    Ownership own = tables.rendering(ANNA);
    assertEquals(new CancelOutcome.Requested(), orders.cancel(JOB, at(2)));
    assertEquals(new CancelOutcome.Requested(), orders.cancel(JOB, at(3)));
    ledger.succeeded(own, RENDER, OUTPUT, at(4));

    assertEquals(new CancelOutcome.Over(JobStatus.SUCCEEDED), orders.cancel(JOB, at(5)));
    assertEquals(JobStatus.SUCCEEDED, tables.job().status());
  }

  @Test
  void waitingJobEndsAtOnceWhenCancelled() {
    orders.queued(queued());

    assertEquals(new CancelOutcome.Ended(), orders.cancel(JOB, at(1)));

    assertEquals(JobStatus.CANCELLED, tables.job().status());
    assertTrue(tables.item(JOB).containsKey("expiresAt"));
    assertEquals(new CancelOutcome.Over(JobStatus.CANCELLED), orders.cancel(JOB, at(2)));
    Claim claim =
        new Claim(
            new Ownership(JOB, ANNA, 1),
            new Tries(1, 0, 0),
            delivery("m2"),
            request("sha-1"),
            at(20));
    assertEquals(
        Optional.of(JobStatus.CANCELLED), ledger.claimNew(claim).map(Job::status), "not claimed");
  }

  @Test
  void cancelThatIsRepeatedAfterItsAnswerWasLostHasStillEndedTheJob() {
    orders.queued(queued());
    orders.cancel(JOB, at(1));

    assertEquals(new CancelOutcome.Ended(), orders.cancel(JOB, at(1)));
  }

  @Test
  void wordOfCancelIsLeftForTheOwnerUntilItHasHeard() {
    var registry = new DynamoWorkerRegistry(tables.tables());
    assertEquals(Set.of(), registry.beat(ANNA, beat(0)));
    tables.rendering(ANNA);

    orders.cancel(JOB, at(1));

    assertEquals(Set.of(JOB), registry.beat(ANNA, beat(10)));
    assertEquals(Set.of(), registry.beat(ANNA, beat(20)));
  }

  @Test
  void wordThatTheOwnerHasNotConfirmedIsToldAgain() {
    var registry = new DynamoWorkerRegistry(tables.tables());
    registry.beat(ANNA, beat(0));
    tables.rendering(ANNA);
    orders.cancel(JOB, at(1));

    assertEquals(Set.of(JOB), new DynamoWorkerRegistry(tables.tables()).beat(ANNA, beat(10)));
    assertEquals(Set.of(JOB), registry.beat(ANNA, beat(20)));
  }

  @Test
  void noWordIsLeftForAnOwnerThatIsGone() {
    tables.rendering(ANNA);

    assertEquals(new CancelOutcome.Requested(), orders.cancel(JOB, at(1)));

    assertEquals(List.of(), new DynamoJobArchive(tables.tables()).workers());
  }

  @Test
  void endedJobIsQueuedAgainForNewRound() {
    Ownership own = tables.rendering(ANNA);
    ledger.failed(own, new Failure.OfJob(ErrorCode.DISK_FULL, "full"), at(4));
    JobView seen = view();

    assertTrue(orders.queuedAgain(seen, at(5)));
    assertTrue(orders.queuedAgain(seen, at(5)), "its answer may have been lost");

    Job job = tables.job();
    assertEquals(JobStatus.QUEUED, job.status());
    assertEquals(1, job.state().tries().attempt());
    assertEquals(1, job.state().tries().earlier());
    assertFalse(tables.item(JOB).containsKey("expiresAt"));
    assertFalse(orders.queuedAgain(seen, at(6)), "it has changed since it was seen");
  }

  @Test
  void jobThatFailedAnewSinceItWasSeenIsNotQueuedAgain() {
    ledger.failed(tables.rendering(ANNA), new Failure.OfJob(ErrorCode.DISK_FULL, "full"), at(4));
    JobView seen = view();
    assertTrue(orders.queuedAgain(seen, at(5)));
    assertTrue(ledger.claim(tables.job(), claim(ANNA, 2)));
    Ownership second = claim(ANNA, 2).ownership();
    ledger.failed(second, new Failure.OfJob(ErrorCode.DISK_FULL, "full"), at(9));

    assertFalse(orders.queuedAgain(seen, at(10)));
    assertEquals(JobStatus.FAILED, tables.job().status());
  }

  private JobView view() {
    return new DynamoJobArchive(tables.tables()).find(JOB).orElseThrow();
  }

  @Test
  void rejectedMessageHasRecordWithEveryViolation() {
    ledger.rejected(rejection("m1"));

    Job job = tables.job();
    assertEquals(JobStatus.REJECTED, job.status());
    assertEquals(Optional.empty(), job.fingerprint());
    assertEquals(
        Optional.of(new Job.LastError(ErrorCode.INVALID_MESSAGE, "/fps: not a number")),
        job.lastError());
    assertEquals(
        List.of("/fps: not a number", "/codec: unknown"),
        tables.item(JOB).get("errors").l().stream().map(AttributeValue::s).toList());
    assertTrue(tables.item(JOB).containsKey("expiresAt"));
  }

  @Test
  void laterRejectionReplacesAnEarlierOne() {
    ledger.rejected(rejection("m1"));
    ledger.deadLettered(JOB, "m1", at(11));
    assertTrue(tables.job().state().deadLettered());

    ledger.rejected(rejection("m2"));

    assertEquals(Optional.of("m2"), tables.job().messageId());
    assertFalse(tables.job().state().deadLettered());
  }

  @Test
  void rejectionOwesItsDeadLetterUntilThatIsMarked() {
    assertTrue(ledger.rejected(rejection("m1")));
    assertTrue(ledger.rejected(rejection("m1")));
    ledger.deadLettered(JOB, "m1", at(11));
    Job before = tables.job();

    assertFalse(ledger.rejected(rejection("m1")));
    assertEquals(before, tables.job());
  }

  @Test
  void rejectionLeavesRealJobAlone() {
    tables.rendering(ANNA);
    Job before = tables.job();

    assertTrue(ledger.rejected(rejection("m2")));
    ledger.deadLettered(JOB, "m2", at(11));

    assertEquals(before, tables.job());
  }

  @Test
  void rejectedJobIdCanBeUsedForValidRequest() {
    ledger.rejected(rejection("m1"));
    Claim claim =
        new Claim(
            new Ownership(JOB, ANNA, 1),
            new Tries(1, 0, 0),
            delivery("m2"),
            request("sha-1"),
            at(20));

    assertTrue(ledger.claim(ledger.claimNew(claim).orElseThrow(), claim));
    assertEquals(JobStatus.STARTING, tables.job().status());
    assertFalse(tables.item(JOB).containsKey("expiresAt"));
  }

  private static QueuedJob queued() {
    return new QueuedJob(JOB, request("sha-1"), "{}", at(0));
  }

  private static Rejection rejection(String messageId) {
    return new Rejection(
        JOB,
        delivery(messageId),
        ErrorCode.INVALID_MESSAGE,
        List.of(new Violation("/fps", "not a number"), new Violation("/codec", "unknown")),
        at(10));
  }
}
