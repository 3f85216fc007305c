package dev.renderworker.jobtable;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.operations.JobCursor;
import dev.renderworker.operations.JobPage;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.WorkerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads jobs and workers from DynamoDB, for people. */
public final class DynamoJobArchive implements JobArchive {
  /** DynamoDB's limit for BatchGetItem. */
  private static final int BATCH = 100;

  /** What a list does not show: these can be large. */
  private static final List<String> LEFT_OUT = List.of("history", "request", "errors");

  private final Tables tables;
  private final StatusIndex index;

  /** Reads from the tables given; they stay open. */
  public DynamoJobArchive(Tables tables) {
    this.tables = tables;
    this.index = new StatusIndex(tables);
  }

  @Override
  public Optional<JobView> find(JobId jobId) {
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
    return item.isEmpty() ? Optional.empty() : Optional.of(new JobView(PlainValues.of(item)));
  }

  @Override
  public JobPage list(Set<JobStatus> statuses, int limit, Optional<JobCursor> after) {
    List<JobCursor> newest =
        statuses.stream()
            .flatMap(status -> index.newest(status, limit + 1, after).stream())
            .sorted(StatusIndex.NEWEST_FIRST)
            .limit(limit + 1L)
            .toList();
    List<JobCursor> page = newest.subList(0, Math.min(limit, newest.size()));
    return new JobPage(
        records(page.stream().map(JobCursor::id).distinct().toList()),
        newest.size() > limit ? Optional.of(page.getLast()) : Optional.empty());
  }

  @Override
  public Optional<Instant> oldest(JobStatus status) {
    return index.oldest(status);
  }

  @Override
  public List<WorkerView> workers() {
    String table = tables.settings().workersTable();
    return Tables.call(
        "read table " + table,
        () ->
            tables.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                .map(PlainValues::of)
                .map(WorkerView::new)
                .sorted(Comparator.comparing(WorkerView::heartbeatAt).reversed())
                .toList());
  }

  /** In the order of what they say themselves: a job can have changed since it was indexed. */
  private List<JobView> records(List<JobId> ids) {
    List<JobView> records = new ArrayList<>(ids.size());
    for (int from = 0; from < ids.size(); from += BATCH) {
      batch(ids.subList(from, Math.min(from + BATCH, ids.size()))).forEach(records::add);
    }
    records.sort(Comparator.comparing(JobView::updatedAt).reversed());
    return records;
  }

  private Stream<JobView> batch(List<JobId> ids) {
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            jobsTable(),
            KeysAndAttributes.builder().keys(ids.stream().map(JobsTable::key).toList()).build());
    return Tables.call(
        "read jobs of table " + jobsTable(),
        () ->
            tables.client().batchGetItemPaginator(get -> get.requestItems(wanted)).stream()
                .flatMap(page -> page.responses().get(jobsTable()).stream())
                .map(DynamoJobArchive::summary)
                .toList()
                .stream());
  }

  private static JobView summary(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> kept = new HashMap<>(item);
    kept.keySet().removeAll(LEFT_OUT);
    return new JobView(PlainValues.of(kept));
  }

  private String jobsTable() {
    return tables.settings().jobsTable();
  }
}
