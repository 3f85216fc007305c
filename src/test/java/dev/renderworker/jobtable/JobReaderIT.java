package dev.renderworker.jobtable;

import static dev.renderworker.jobtable.JobTables.ANNA;
import static dev.renderworker.jobtable.JobTables.BERT;
import static dev.renderworker.jobtable.JobTables.JOB;
import static dev.renderworker.jobtable.JobTables.at;
import static dev.renderworker.jobtable.JobTables.claim;
import static dev.renderworker.jobtable.JobTables.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.renderworker.SharedAws;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import dev.renderworker.local.LocalAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(SharedAws.class)
class JobReaderIT {
  private final LocalAws aws;

  private JobTables tables;
  private JobReader reader;

  JobReaderIT(LocalAws aws) {
    this.aws = aws;
  }

  @BeforeEach
  void makeTables() {
    tables = new JobTables(aws);
    reader = new JobReader(tables.tables());
  }

  @AfterEach
  void closeClient() {
    tables.close();
  }

  @Test
  void oneJobComesWhole() {
    tables.claimed(ANNA);

    Map<String, Object> job = reader.find(JOB).orElseThrow();

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
    assertEquals(Optional.empty(), reader.find(new JobId("another")));
  }

  @Test
  void jobsOfOneStatusComeNewestFirst() {
    queue(5);
    tables.ledger().claimNew(claim(ANNA, 1));

    assertEquals(List.of("q4", "q3", "q2", "q1", "q0"), ids(reader.list(JobStatus.QUEUED, 10)));
    assertEquals(List.of("q4", "q3"), ids(reader.list(JobStatus.QUEUED, 2)));
    assertEquals(List.of("job-1"), ids(reader.list(JobStatus.STARTING, 10)));
    assertEquals(List.of(), reader.list(JobStatus.FAILED, 10));
  }

  @Test
  void jobsOfAllStatusesComeMergedNewestFirst() {
    queue(3);
    tables.ledger().claimNew(claim(ANNA, 1));
    tables.ledger().cancelled(tables.ledger().find(new JobId("q1")).orElseThrow(), at(60));

    assertEquals(List.of("q1", "q2", "q0", "job-1"), ids(reader.list(10)));
    assertEquals(List.of("q1", "q2"), ids(reader.list(2)));
  }

  @Test
  void listLeavesOutWhatIsLong() {
    queue(1);

    Map<String, Object> job = reader.list(10).getFirst();

    assertEquals("Intro", job.get("composition"));
    assertFalse(job.containsKey("request"));
    assertFalse(job.containsKey("history"));
  }

  @Test
  void listLongerThanOneBatchIsWhole() {
    queue(130);

    assertEquals(130, reader.list(JobStatus.QUEUED, 500).size());
  }

  @Test
  void workersComeWithTheirHeartbeat() {
    var registry = new DynamoWorkerRegistry(tables.tables());
    registry.beat(ANNA, at(0));
    registry.beat(BERT, at(10));
    registry.beat(new WorkerId("gone"), at(20));
    registry.leave(new WorkerId("gone"));

    assertEquals(
        List.of("bert-2-y", "anna-1-x"),
        reader.workers().stream().map(worker -> worker.get("workerId")).toList());
    assertEquals(at(10), registry.lastBeat(BERT));
    assertEquals(Instant.MIN, registry.lastBeat(new WorkerId("gone")));
  }

  private void queue(int count) {
    var orders = new JobOrders(tables.tables());
    for (int i = 0; i < count; i++) {
      orders.queued(new QueuedJob(new JobId("q" + i), request("sha-" + i), "{}", at(1 + i)));
    }
  }

  private static List<Object> ids(List<Map<String, Object>> jobs) {
    return jobs.stream().map(job -> job.get("jobId")).toList();
  }
}
