package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.BERT;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.LINKS;
import static dev.renderworker.jobtable.JobTables.OUTPUT;
import static dev.renderworker.jobtable.JobTables.RENDER;
import static dev.renderworker.jobtable.JobTables.START;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.claim;
import static dev.renderworker.jobtable.JobTables.delivery;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.NextStep;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.local.LocalAws;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.FencedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(60)
@ExtendWith(SharedAws.class)
class OwnerWritesIT {
  private static final Failure FAILURE =
      new Failure.OfJob(ErrorCode.FLAKY_RENDER, "connection reset", List.of("chunk 3", "chunk 4"));
  private static final NextStep.Retry CHARGED = new NextStep.Retry(at(60), true);
  private static final NextStep.Retry UNCHARGED = new NextStep.Retry(at(60), false);

  private final LocalAws aws;

  private JobTables tables;
  private DynamoJobLedger ledger;

  OwnerWritesIT(LocalAws aws) {
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
  void startedRenderIsWrittenWithAllItTakesToFollowIt() {
    tables.rendering(ANNA);

    assertEquals(JobStatus.RENDERING, tables.job().status());
    assertEquals(Optional.of(RENDER), tables.job().render());
    assertEquals(
        List.of("STARTING (attempt 1 by anna-1-x)", "RENDERING (render0001)"), tables.history());
    RenderLinks links = LINKS;
    Map<String, AttributeValue> item = tables.item(JOB);
    assertEquals(links.rendererLogs(), item.get("rendererLogsUrl").s());
    assertEquals(links.mainLogs(), item.get("mainLogsUrl").s());
    assertEquals(links.folder(), item.get("folderUrl").s());
    assertEquals(links.progressFile(), item.get("progressUrl").s());
  }

  @Test
  void startThatWasDelayedIsReckonedFromItsLastTry() {
    Ownership own = tables.claimed(ANNA);

    ledger.startingNow(own, at(500));
    ledger.startingNow(own, at(500));

    assertEquals(Optional.of(at(500)), tables.job().state().times().started());
    assertEquals(JobStatus.STARTING, tables.job().status());
    assertEquals(List.of("STARTING (attempt 1 by anna-1-x)"), tables.history());
  }

  @Test
  void progressTellsWhetherToCancelWithoutAnotherCall() {
    Ownership own = tables.rendering(ANNA);
    long before = aws.counts().of("dynamodb", "GetItem");

    assertFalse(ledger.progress(own, 0.25, at(6)));
    new DynamoJobOrders(tables.tables()).cancel(JOB, at(7));
    assertTrue(ledger.progress(own, 1 / 3.0, at(12)));
    assertTrue(ledger.progress(own, 0.5, at(18)));

    assertEquals(before, aws.counts().of("dynamodb", "GetItem"));
    assertEquals("0.5", tables.item(JOB).get("progress").n());
    assertTrue(tables.job().cancelRequested());
    assertEquals(at(18), tables.job().state().times().updated());
  }

  @Test
  void successKeepsWhatTheRenderLeftAndDropsWhatFailedBefore() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, CHARGED, at(30));
    Claim second = claim(ANNA, 2);
    assertTrue(ledger.claim(tables.job(), second));
    ledger.rendering(second.ownership(), RENDER, LINKS, at(61));

    ledger.succeeded(second.ownership(), RENDER, OUTPUT, at(90));

    Map<String, AttributeValue> item = tables.item(JOB);
    assertEquals(JobStatus.SUCCEEDED, tables.job().status());
    assertEquals("1", item.get("progress").n());
    assertEquals(OUTPUT.location().url(), item.get("outputUrl").s());
    assertEquals(LINKS.mainLogs(), item.get("mainLogsUrl").s());
    assertEquals(OUTPUT.location().bucket(), item.get("outputBucket").s());
    assertEquals(OUTPUT.location().key(), item.get("outputKey").s());
    assertEquals("123456789012", item.get("outputSizeInBytes").n());
    assertEquals("0.00312", item.get("costUsd").n());
    assertEquals("0.00401", item.get("costWithMainFunctionUsd").n());
    assertEquals("$0.003", item.get("displayCost").s());
    assertEquals("300", item.get("framesRendered").n());
    assertEquals("8", item.get("lambdasInvoked").n());
    assertEquals("23456", item.get("timeToFinishMs").n());
    assertEquals(Timestamps.text(at(90)), item.get("finishedAt").s());
    assertEquals(
        Long.toString(at(90).plus(JobTables.RETENTION).getEpochSecond()),
        item.get("expiresAt").n());
    Stream.of("owner", "errorCode", "errorMessage", "errors", "retryAt")
        .forEach(gone -> assertFalse(item.containsKey(gone), gone));
    assertTrue(tables.history().contains("RETRYING (FLAKY_RENDER: connection reset)"));
  }

  @Test
  void stillSucceedsRightAfterItsStart() {
    ledger.succeeded(tables.claimed(ANNA), RENDER, OUTPUT, at(5));

    assertEquals(JobStatus.SUCCEEDED, tables.job().status());
    assertEquals(Optional.of(RENDER), tables.job().render());
    assertEquals(RenderLinks.stillLogs(RENDER), tables.item(JOB).get("mainLogsUrl").s());
    assertEquals(LINKS.folder(), tables.item(JOB).get("folderUrl").s());
    assertFalse(tables.item(JOB).containsKey("progressUrl"));
  }

  @Test
  void retryWaitsWithoutAnOwner() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, CHARGED, at(30));

    Job job = tables.job();
    assertEquals(JobStatus.RETRYING, job.status());
    assertEquals(Optional.empty(), job.state().owner());
    assertEquals(Optional.of(at(60)), job.state().times().retry());
    assertEquals(1, job.state().tries().attempt());
    assertEquals(0, job.state().tries().earlier());
    assertFalse(tables.item(JOB).containsKey("expiresAt"));
  }

  @Test
  void attemptThatIsNotChargedMovesToTheEarlierOnes() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, UNCHARGED, at(30));

    assertEquals(1, tables.job().state().tries().attempt());
    assertEquals(1, tables.job().state().tries().earlier());
  }

  @Test
  void failureKeepsItsReasons() {
    ledger.failed(tables.rendering(ANNA), FAILURE, at(30));

    Job job = tables.job();
    assertEquals(JobStatus.FAILED, job.status());
    assertEquals(
        Optional.of(new Job.LastError(ErrorCode.FLAKY_RENDER, "connection reset")),
        job.lastError());
    assertEquals(
        List.of("chunk 3", "chunk 4"),
        tables.item(JOB).get("errors").l().stream().map(AttributeValue::s).toList());
    assertFalse(job.state().deadLettered());

    ledger.deadLettered(JOB, "m1", at(31));
    assertTrue(tables.job().state().deadLettered());
  }

  @Test
  void deadLetterOfAnotherMessageIsNotNoted() {
    ledger.failed(tables.rendering(ANNA), FAILURE, at(30));

    ledger.deadLettered(JOB, "m2", at(31));

    assertFalse(tables.job().state().deadLettered());
  }

  @Test
  void cancelledJobEnds() {
    ledger.cancelled(tables.rendering(ANNA), "", at(30));

    assertEquals(JobStatus.CANCELLED, tables.job().status());
    assertEquals(Optional.empty(), tables.job().state().owner());
    assertTrue(tables.item(JOB).containsKey("expiresAt"));
  }

  @Test
  void putBackJobIsAsBeforeTheClaim() {
    ledger.putBack(tables.claimed(ANNA), 0, "role denied", at(5));

    assertEquals(JobStatus.QUEUED, tables.job().status());
    assertEquals(0, tables.job().state().tries().attempt());
    assertEquals(Optional.empty(), tables.job().state().owner());
    assertEquals("QUEUED (role denied)", tables.history().getLast());
    assertEquals(Optional.empty(), ledger.claimNew(claim(BERT, 1)));
  }

  @Test
  void putBackRetryIsRetryAgain() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, CHARGED, at(30));
    Claim second = claim(ANNA, 2);
    assertTrue(ledger.claim(tables.job(), second));

    ledger.putBack(second.ownership(), 0, "stopping", at(61));

    assertEquals(JobStatus.RETRYING, tables.job().status());
    assertEquals(1, tables.job().state().tries().attempt());
  }

  @Test
  void releasedJobKeepsEverythingButItsOwner() {
    Ownership own = tables.rendering(ANNA);
    ledger.release(own, at(10));

    Job job = tables.job();
    assertEquals(Optional.empty(), job.state().owner());
    assertEquals(JobStatus.RENDERING, job.status());
    assertEquals(Optional.of(RENDER), job.render());
    assertEquals(Optional.of(START), job.state().times().started());
  }

  static Stream<Named<Consumer<Call>>> everyWriteOfAnOwner() {
    return Stream.of(
        Named.of("startingNow", call -> call.ledger().startingNow(call.own(), at(70))),
        Named.of("rendering", call -> call.ledger().rendering(call.own(), RENDER, LINKS, at(70))),
        Named.of("progress", call -> call.ledger().progress(call.own(), 0.5, at(70))),
        Named.of("succeeded", call -> call.ledger().succeeded(call.own(), RENDER, OUTPUT, at(70))),
        Named.of("retrying", call -> call.ledger().retrying(call.own(), FAILURE, CHARGED, at(70))),
        Named.of("failed", call -> call.ledger().failed(call.own(), FAILURE, at(70))),
        Named.of("cancelled", call -> call.ledger().cancelled(call.own(), "", at(70))),
        Named.of("putBack", call -> call.ledger().putBack(call.own(), 0, "note", at(70))),
        Named.of("release", call -> call.ledger().release(call.own(), at(70))));
  }

  record Call(DynamoJobLedger ledger, Ownership own) {}

  @ParameterizedTest
  @MethodSource("everyWriteOfAnOwner")
  void formerOwnerIsFencedOff(Consumer<Call> write) {
    Ownership former = tables.rendering(ANNA);
    assertTrue(ledger.takeOver(tables.job(), BERT, delivery("m1"), at(50)));
    Map<String, AttributeValue> before = tables.item(JOB);

    assertThrows(FencedException.class, () -> write.accept(new Call(ledger, former)));
    assertEquals(before, tables.item(JOB));
  }

  @ParameterizedTest
  @MethodSource("everyWriteOfAnOwner")
  void formerAttemptIsFencedOff(Consumer<Call> write) {
    Ownership former = tables.rendering(ANNA);
    ledger.retrying(former, FAILURE, CHARGED, at(30));
    assertTrue(ledger.claim(tables.job(), claim(ANNA, 2)));
    Map<String, AttributeValue> before = tables.item(JOB);

    assertThrows(FencedException.class, () -> write.accept(new Call(ledger, former)));
    assertEquals(before, tables.item(JOB));
  }

  @ParameterizedTest
  @MethodSource("everyWriteOfAnOwner")
  void deletedRecordFencesOff(Consumer<Call> write) {
    Ownership own = new Ownership(JOB, ANNA, 1);

    assertThrows(FencedException.class, () -> write.accept(new Call(ledger, own)));
    assertEquals(Map.of(), tables.item(JOB));
  }
}
