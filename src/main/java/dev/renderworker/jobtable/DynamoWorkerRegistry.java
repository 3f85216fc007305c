package dev.renderworker.jobtable;

import dev.renderworker.job.WorkerId;
import dev.renderworker.worker.WorkerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The workers table in DynamoDB: one item a living worker. */
public final class DynamoWorkerRegistry implements WorkerRegistry {
  static final String HEARTBEAT_AT = "heartbeatAt";

  /** A worker that was killed leaves its item behind; it has been stale for long by then. */
  private static final Duration KEPT = Duration.ofDays(1);

  private final Tables tables;
  private final String tableName;

  /** Works on the tables given; they stay open. */
  public DynamoWorkerRegistry(Tables tables) {
    this.tables = tables;
    this.tableName = tables.settings().workersTable();
  }

  @Override
  public void beat(WorkerId worker, Instant at) {
    Map<String, AttributeValue> item =
        Map.of(
            "workerId",
            AttributeValue.fromS(worker.value()),
            HEARTBEAT_AT,
            AttributeValue.fromS(Timestamps.text(at)),
            "expiresAt",
            AttributeValue.fromN(Long.toString(at.plus(KEPT).getEpochSecond())));
    Tables.call(
        "write the heartbeat to table " + tableName,
        () -> tables.client().putItem(put -> put.tableName(tableName).item(item)));
  }

  @Override
  public Instant lastBeat(WorkerId worker) {
    Map<String, AttributeValue> item =
        Tables.call(
            "read the heartbeat of " + worker,
            () ->
                tables
                    .client()
                    .getItem(get -> get.tableName(tableName).key(key(worker)).consistentRead(true))
                    .item());
    AttributeValue beat = item.get(HEARTBEAT_AT);
    return beat == null ? Instant.MIN : Timestamps.instant(beat.s());
  }

  @Override
  public void leave(WorkerId worker) {
    Tables.call(
        "remove the heartbeat of " + worker,
        () -> tables.client().deleteItem(delete -> delete.tableName(tableName).key(key(worker))));
  }

  private static Map<String, AttributeValue> key(WorkerId worker) {
    return Map.of("workerId", AttributeValue.fromS(worker.value()));
  }
}
