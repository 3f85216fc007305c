package dev.renderworker.jobtable;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads jobs and workers for people. A record comes as its attributes by name, in an order to be
 * read: strings, numbers, booleans, lists and maps.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when the tables can't be reached or
 * refuse.
 */
public final class JobReader {
  /** The index needs no more than its keys, so that a write of a job stays cheap. */
  static final String INDEX = "status-updatedAt";

  private static final Comparator<Map<String, Object>> NEWEST_FIRST =
      Comparator.comparing(
          (Map<String, Object> job) -> job.get("updatedAt").toString(), Comparator.reverseOrder());

  /** DynamoDB's limit for BatchGetItem. */
  private static final int BATCH = 100;

  /** What a list does not show: these can be large. */
  private static final List<String> LEFT_OUT = List.of("history", "request", "errors");

  private final Tables tables;

  /** Reads from the tables given; they stay open. */
  public JobReader(Tables tables) {
    this.tables = tables;
  }

  /** The whole record of a job, as of now. */
  public Optional<Map<String, Object>> find(JobId jobId) {
    Map<String, AttributeValue> item =
        Tables.call(
            "read job " + jobId,
            () ->
                tables
                    .client()
                    .getItem(
                        get ->
                            get.tableName(jobsTable())
                                .key(JobsTable.key(jobId))
                                .consistentRead(true))
                    .item());
    return item.isEmpty() ? Optional.empty() : Optional.of(PlainValues.of(item));
  }

  /** The jobs that changed last, whatever their status, newest first, without their requests. */
  public List<Map<String, Object>> list(int limit) {
    List<Map<String, AttributeValue>> keys =
        Arrays.stream(JobStatus.values())
            .flatMap(status -> keys(status, limit).stream())
            .sorted(
                Comparator.comparing(
                    (Map<String, AttributeValue> key) -> key.get("updatedAt").s(),
                    Comparator.reverseOrder()))
            .limit(limit)
            .toList();
    return records(keys);
  }

  /**
   * The jobs of a status, newest first, without their requests. The index lags a moment behind the
   * records: a job that has just changed can be missing, or show its new status.
   */
  public List<Map<String, Object>> list(JobStatus status, int limit) {
    return records(keys(status, limit));
  }

  /** The workers that beat last, newest first; one that was killed stays for a day. */
  public List<Map<String, Object>> workers() {
    String table = tables.settings().workersTable();
    return Tables.call(
        "read table " + table,
        () ->
            tables.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                .map(PlainValues::of)
                .sorted(
                    Comparator.comparing(
                        (Map<String, Object> worker) ->
                            worker.get(DynamoWorkerRegistry.HEARTBEAT_AT).toString(),
                        Comparator.reverseOrder()))
                .toList());
  }

  private List<Map<String, AttributeValue>> keys(JobStatus status, int limit) {
    return Tables.call(
        "list jobs of table " + jobsTable(),
        () ->
            tables
                .client()
                .queryPaginator(
                    query ->
                        query
                            .tableName(jobsTable())
                            .indexName(INDEX)
                            .keyConditionExpression("#status = :status")
                            .projectionExpression("jobId, updatedAt")
                            .expressionAttributeNames(Map.of("#status", "status"))
                            .expressionAttributeValues(
                                Map.of(":status", AttributeValue.fromS(status.name())))
                            .scanIndexForward(false)
                            .limit(limit))
                .items()
                .stream()
                .limit(limit)
                .toList());
  }

  private List<Map<String, Object>> records(List<Map<String, AttributeValue>> indexed) {
    List<Map<String, Object>> records = new ArrayList<>(indexed.size());
    for (int from = 0; from < indexed.size(); from += BATCH) {
      records.addAll(batch(indexed.subList(from, Math.min(from + BATCH, indexed.size()))));
    }
    records.sort(NEWEST_FIRST);
    return records;
  }

  private List<Map<String, Object>> batch(List<Map<String, AttributeValue>> indexed) {
    List<Map<String, AttributeValue>> keys =
        indexed.stream().map(entry -> Map.of("jobId", entry.get("jobId"))).distinct().toList();
    Map<String, KeysAndAttributes> wanted =
        Map.of(jobsTable(), KeysAndAttributes.builder().keys(keys).build());
    return Tables.call(
        "read jobs of table " + jobsTable(),
        () ->
            tables.client().batchGetItemPaginator(get -> get.requestItems(wanted)).stream()
                .flatMap(page -> page.responses().get(jobsTable()).stream())
                .map(JobReader::summary)
                .toList());
  }

  private static Map<String, Object> summary(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> kept = new HashMap<>(item);
    kept.keySet().removeAll(LEFT_OUT);
    return PlainValues.of(kept);
  }

  private String jobsTable() {
    return tables.settings().jobsTable();
  }
}
