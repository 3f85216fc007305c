package dev.renderworker.jobtable;

import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import dev.renderworker.worker.SignOfLife;
import dev.renderworker.worker.WorkerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The workers table in DynamoDB: one item a living worker. */
public final class DynamoWorkerRegistry implements WorkerRegistry {
  static final String HEARTBEAT_AT = "heartbeatAt";

  /** A worker that was killed leaves its item behind; it has been stale for long by then. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** The worker's jobs that people want cancelled, until it has heard of them. */
  static final String CANCELS = "cancels";

  private final Tables tables;
  private final String tableName;

  /**
   * What the last beat has told: the next one removes it, so that a beat whose answer was lost is
   * made up for.
   */
  private List<String> told = List.of();

  /** Works on the tables given; they stay open. */
  public DynamoWorkerRegistry(Tables tables) {
    this.tables = tables;
    this.tableName = tables.settings().workersTable();
  }

  @Override
  public synchronized Set<JobId> beat(WorkerId worker, SignOfLife sign) {
    Map<String, AttributeValue> values = new HashMap<>();
    String update = condition(sign, values);
    if (!told.isEmpty()) {
      values.put(":told", AttributeValue.fromSs(told));
      update += " DELETE " + CANCELS + " :told";
    }
    told = cancels(worker, update, values);
    return told.stream().map(JobId::new).collect(Collectors.toUnmodifiableSet());
  }

  /** The first part of the update. */
  private static String condition(SignOfLife sign, Map<String, AttributeValue> values) {
    Instant expiresAt = sign.at().plus(KEPT);
    values.put(":at", AttributeValue.fromS(Timestamps.text(sign.at())));
    values.put(":expiresAt", AttributeValue.fromN(Long.toString(expiresAt.getEpochSecond())));
    values.put(":inFlight", AttributeValue.fromN(Integer.toString(sign.inFlight())));
    String set = "SET heartbeatAt = :at, expiresAt = :expiresAt, inFlight = :inFlight";
    if (sign.pausedBy().isEmpty()) {
      return set + " REMOVE pausedBy, pausedMessage";
    }
    Failure why = sign.pausedBy().get();
    values.put(":pausedBy", AttributeValue.fromS(why.code().name()));
    values.put(":pausedMessage", AttributeValue.fromS(why.message()));
    return set + ", pausedBy = :pausedBy, pausedMessage = :pausedMessage";
  }

  private List<String> cancels(WorkerId worker, String update, Map<String, AttributeValue> values) {
    AttributeValue cancels =
        Tables.call(
            "write the heartbeat to table " + tableName,
            () ->
                tables
                    .client()
                    .updateItem(
                        beat ->
                            beat.tableName(tableName)
                                .key(key(worker))
                                .updateExpression(update)
                                .expressionAttributeValues(values)
                                .returnValues(ReturnValue.ALL_NEW))
                    .attributes()
                    .get(CANCELS));
    return cancels == null ? List.of() : cancels.ss();
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

  static Map<String, AttributeValue> key(WorkerId worker) {
    return Map.of("workerId", AttributeValue.fromS(worker.value()));
  }
}
