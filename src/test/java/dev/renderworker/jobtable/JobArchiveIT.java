package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.BERT;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.beat;
import static dev.renderworker.jobtable.JobTables.claim;
import static dev.renderworker.jobtable.JobTables.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.renderworker.SharedAws;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.operations.JobCursor;
import dev.renderworker.operations.JobPage;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.QueuedJob;
import dev.renderworker.operations.WorkerView;
import dev.renderworker.worker.SignOfLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedAws.class)
class JobArchiveIT {
  private static final JobStatus[] ALL = JobStatus.values();

  private final LocalAws aws;

  private JobTables tables;
  private DynamoJobArchive archive;

  JobArchiveIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    archive = new DynamoJobArchive(tables.tables());
  }

  @AfterEach
  void closeClient() {
    tables.close();
  }

  @Test
  void oneJobComesWhole() {
    tables.claimed(ANNA);

    JobView found = archive.find(JOB).orElseThrow();
    Map<String, Object> job = found.attributes();

    assertEquals("STARTING", job.get("status"));
    assertEquals(1L, job.get("attempt"));
    assertEquals("{\"composition\":\"Intro\"}", job.get("request"));
    assertEquals(
        List.of(
            Map.of(
                "at", "2030-11-20T10:00:00.123Z",
                "note", "attempt 1 by anna-1-x",
                "status", "STARTING")),
        job.get("history"));
    assertEquals(Optional.empty(), archive.find(new JobId("another")));
  }

  @Test
  void jobsOfOneStatusComeNewestFirst() {
    queue(5);
    tables.ledger().claimNew(claim(ANNA, 1));

    assertEquals(List.of("q4", "q3", "q2", "q1", "q0"), ids(list(10, JobStatus.QUEUED)));
    assertEquals(List.of("q4", "q3"), ids(list(2, JobStatus.QUEUED)));
    assertEquals(List.of("job-1"), ids(list(10, JobStatus.STARTING)));
    assertEquals(List.of(), list(10, JobStatus.FAILED));
  }

  @Test
  void jobsOfAllStatusesComeMergedNewestFirst() {
    queue(3);
    tables.ledger().claimNew(claim(ANNA, 1));
    tables.ledger().cancelled(tables.ledger().find(new JobId("q1")).orElseThrow(), at(60));

    assertEquals(List.of("q1", "q2", "q0", "job-1"), ids(list(10, ALL)));
    assertEquals(List.of("q1", "q2"), ids(list(2, ALL)));
  }

  @Test
  void listLeavesOutWhatIsLong() {
    queue(1);

    Map<String, Object> job = list(10, ALL).getFirst().attributes();

    assertEquals("Intro", job.get("composition"));
    assertFalse(job.containsKey("request"));
    assertFalse(job.containsKey("history"));
  }

  @Test
  void listLongerThanOneBatchIsWhole() {
    queue(130);

    assertEquals(130, list(500, JobStatus.QUEUED).size());
  }

  @Test
  void pagesFollowOneAnotherWithoutGapOrRepetition() {
    queue(7);
    tables.ledger().claimNew(claim(ANNA, 1));
    List<JobView> paged = new ArrayList<>();
    Optional<JobCursor> next = Optional.empty();
    do {
      JobPage page = archive.list(Set.of(ALL), 3, next);
      paged.addAll(page.jobs());
      next = page.next().map(JobCursor::toString).map(JobCursor::parse);
    } while (next.isPresent());

    assertEquals(ids(list(100, ALL)), ids(paged));
    assertEquals(8, paged.size());
  }

  @Test
  void jobsOfOneInstantArePagedWholeToo() {
    var orders = new DynamoJobOrders(tables.tables());
    for (int i = 0; i < 9; i++) {
      orders.queued(new QueuedJob(new JobId("same" + i), request("sha-" + i), "{}", at(1)));
    }
    Set<String> seen = new TreeSet<>();
    Optional<JobCursor> next = Optional.empty();
    int pages = 0;
    do {
      JobPage page = archive.list(Set.of(JobStatus.QUEUED), 2, next);
      seen.addAll(ids(page.jobs()));
      next = page.next();
      pages++;
    } while (next.isPresent());

    assertEquals(9, seen.size());
    assertEquals(5, pages);
  }

  @Test
  void oldestOfStatusIsTheOneThatDidNotChangeForLongest() {
    assertEquals(Optional.empty(), archive.oldest(JobStatus.QUEUED));
    queue(3);

    assertEquals(Optional.of(at(1)), archive.oldest(JobStatus.QUEUED));
  }

  @Test
  void workersComeWithTheirHeartbeat() {
    var registry = new DynamoWorkerRegistry(tables.tables());
    registry.beat(ANNA, beat(0));
    registry.beat(BERT, beat(10));
    registry.beat(new WorkerId("gone"), beat(20));
    registry.leave(new WorkerId("gone"));

    assertEquals(
        List.of("bert-2-y", "anna-1-x"),
        archive.workers().stream().map(worker -> worker.id().value()).toList());
    assertEquals(at(10), registry.lastBeat(BERT));
    assertEquals(Instant.MIN, registry.lastBeat(new WorkerId("gone")));
  }

  @Test
  void workerSaysHowItIsWithItsHeartbeat() {
    var registry = new DynamoWorkerRegistry(tables.tables());
    var denied = new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "not authorized");

    registry.beat(ANNA, new SignOfLife(at(0), 7, Optional.of(denied)));
    WorkerView paused = archive.workers().getFirst();
    registry.beat(ANNA, new SignOfLife(at(10), 0, Optional.empty()));
    WorkerView mended = archive.workers().getFirst();

    assertEquals(OptionalInt.of(7), paused.inFlight());
    assertEquals(Optional.of("ACCESS_DENIED: not authorized"), paused.pausedBy());
    assertEquals(OptionalInt.of(0), mended.inFlight());
    assertEquals(Optional.empty(), mended.pausedBy());
    assertEquals(
        Set.of("workerId", "heartbeatAt", "expiresAt", "inFlight"), mended.attributes().keySet());
  }

  private void queue(int count) {
    var orders = new DynamoJobOrders(tables.tables());
    for (int i = 0; i < count; i++) {
      orders.queued(new QueuedJob(new JobId("q" + i), request("sha-" + i), "{}", at(1 + i)));
    }
  }

  private List<JobView> list(int limit, JobStatus... statuses) {
    return archive.list(Set.of(statuses), limit, Optional.empty()).jobs();
  }

  private static List<String> ids(List<JobView> jobs) {
    return jobs.stream().map(job -> job.id().value()).toList();
  }
}
