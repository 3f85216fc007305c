package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.BERT;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.LINKS;
import static dev.renderworker.jobtable.JobTables.OUTPUT;
import static dev.renderworker.jobtable.JobTables.RENDER;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.claim;
import static dev.renderworker.jobtable.JobTables.delivery;
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
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * DynamoDB does a write, its answer is lost, and the SDK sends the write again: its condition no
 * longer holds then, because of itself.
 */
@Timeout(60)
@ExtendWith(SharedAws.class)
class LostAnswerIT {
  private static final Failure FAILURE = new Failure.OfJob(ErrorCode.FLAKY_RENDER, "reset");
  private static final NextStep.Retry UNCHARGED = new NextStep.Retry(at(60), false);

  private final LocalAws aws;

  private Optional<InjectedFault> lost = Optional.empty();
  private JobTables tables;
  private DynamoJobLedger ledger;

  LostAnswerIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    ledger = tables.ledger();
  }

  @AfterEach
  void closeClient() {
    lost.ifPresent(fault -> assertEquals(1, fault.hits()));
    aws.faults().clear();
    tables.close();
  }

  @Test
  void newJobIsClaimedAllTheSame() {
    loseNextAnswer();

    assertEquals(Optional.empty(), ledger.claimNew(claim(ANNA, 1)));
    assertEquals(Optional.of(ANNA), tables.job().state().owner());
    assertEquals(1, tables.history().size());
  }

  @Test
  void jobIsClaimedAsSeenAllTheSame() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, UNCHARGED, at(30));
    Job seen = tables.job();
    loseNextAnswer();

    assertTrue(ledger.claim(seen, claim(BERT, 2)));
    assertEquals(Optional.of(BERT), tables.job().state().owner());
  }

  @Test
  void jobIsTakenOverAllTheSame() {
    tables.rendering(ANNA);
    Job seen = tables.job();
    loseNextAnswer();

    assertTrue(ledger.takeOver(seen, BERT, delivery("m1"), at(50)));
    assertEquals(Optional.of(BERT), tables.job().state().owner());
  }

  @Test
  void jobIsCancelledAsSeenAllTheSame() {
    ledger.retrying(tables.rendering(ANNA), FAILURE, UNCHARGED, at(30));
    Job seen = tables.job();
    loseNextAnswer();

    assertTrue(ledger.cancelled(seen, at(40)));
  }

  @Test
  void claimThatAnotherWonIsLostAlsoWhenRepeated() {
    tables.claimed(ANNA);
    loseNextAnswer();

    assertFalse(ledger.claimNew(claim(BERT, 1)).isEmpty());
    assertEquals(Optional.of(ANNA), tables.job().state().owner());
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        write("progress", JobStatus.RENDERING, (to, own) -> to.progress(own, 0.5, at(9))),
        write(
            "succeeded",
            JobStatus.SUCCEEDED,
            (to, own) -> to.succeeded(own, RENDER, OUTPUT, at(9))),
        write(
            "retrying",
            JobStatus.RETRYING,
            (to, own) -> to.retrying(own, FAILURE, UNCHARGED, at(9))),
        write("failed", JobStatus.FAILED, (to, own) -> to.failed(own, FAILURE, at(9))),
        write("cancelled", JobStatus.CANCELLED, (to, own) -> to.cancelled(own, "", at(9))),
        write("putBack", JobStatus.QUEUED, (to, own) -> to.putBack(own, 0, "note", at(9))),
        write("release", JobStatus.RENDERING, (to, own) -> to.release(own, at(9))));
  }

  private static Arguments write(
      String name, JobStatus status, BiConsumer<DynamoJobLedger, Ownership> write) {
    return Arguments.argumentSet(name, status, write);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void ownWriteCountsOnce(JobStatus status, BiConsumer<DynamoJobLedger, Ownership> write) {
    Ownership own = tables.rendering(ANNA);
    int entries = tables.history().size();
    loseNextAnswer();

    write.accept(ledger, own);

    assertEquals(status, tables.job().status());
    assertTrue(tables.history().size() <= entries + 1, tables.history().toString());
    assertTrue(tables.job().state().tries().earlier() <= 1);
  }

  @Test
  void renderIdIsWrittenOnce() {
    Ownership own = tables.claimed(ANNA);
    loseNextAnswer();

    ledger.rendering(own, RENDER, LINKS, at(1));

    assertEquals(
        List.of("STARTING (attempt 1 by anna-1-x)", "RENDERING (render0001)"), tables.history());
  }

  @Test
  void writeRepeatedLaterByItsCallerCountsToo() {
    Ownership own = tables.rendering(ANNA);

    ledger.failed(own, FAILURE, at(9));
    ledger.failed(own, FAILURE, at(12));

    assertEquals(Timestamps.text(at(9)), tables.item(JOB).get("finishedAt").s());
  }

  private void loseNextAnswer() {
    aws.faults()
        .inject(Fault.after(CallPattern.of("dynamodb", "UpdateItem").times(1), new Fault.Drop()));
  }
}
