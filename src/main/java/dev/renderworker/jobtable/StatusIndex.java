package dev.renderworker.jobtable;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobCursor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The index of the jobs by status and time of the last write. It has no more than its keys, so that
 * a write of a job stays cheap.
 */
final class StatusIndex {
  static final String NAME = "status-updatedAt";

  /** The order of every list of jobs. */
  static final Comparator<JobCursor> NEWEST_FIRST =
      Comparator.comparing(JobCursor::updatedAt)
          .reversed()
          .thenComparing(entry -> entry.id().value());

  private final Tables tables;

  StatusIndex(Tables tables) {
    this.tables = tables;
  }

  /**
   * Jobs of a status, newest first: at least so many, where there are. Those of one instant come in
   * no order that the index knows, so the last instant's are all here.
   */
  List<JobCursor> newest(JobStatus status, int wanted, Optional<JobCursor> after) {
    return Tables.call(
        "list jobs of table " + tables.settings().jobsTable(),
        () -> {
          List<JobCursor> found = new ArrayList<>();
          for (JobCursor entry : (Iterable<JobCursor>) entries(status, wanted, after)::iterator) {
            if (found.size() >= wanted && !entry.updatedAt().equals(found.getLast().updatedAt())) {
              break;
            }
            found.add(entry);
          }
          return found;
        });
  }

  private Stream<JobCursor> entries(JobStatus status, int wanted, Optional<JobCursor> after) {
    QueryRequest.Builder query = query(status).scanIndexForward(false).limit(wanted + 1);
    after.ifPresent(place -> from(place, status, query));
    return tables.client().queryPaginator(query.build()).items().stream()
        .map(StatusIndex::entry)
        .filter(entry -> after.isEmpty() || after.get().isBefore(entry.updatedAt(), entry.id()));
  }

  private static void from(JobCursor place, JobStatus status, QueryRequest.Builder query) {
    query
        .keyConditionExpression("#status = :status AND updatedAt <= :at")
        .expressionAttributeValues(
            Map.of(
                ":status",
                AttributeValue.fromS(status.name()),
                ":at",
                AttributeValue.fromS(Timestamps.text(place.updatedAt()))));
  }

  /** When the job of that status that has not changed for longest was written last. */
  Optional<Instant> oldest(JobStatus status) {
    return Tables.call(
        "list jobs of table " + tables.settings().jobsTable(),
        () ->
            tables.client().query(query(status).limit(1).build()).items().stream()
                .map(entry -> entry(entry).updatedAt())
                .findFirst());
  }

  private QueryRequest.Builder query(JobStatus status) {
    return QueryRequest.builder()
        .tableName(tables.settings().jobsTable())
        .indexName(NAME)
        .keyConditionExpression("#status = :status")
        .projectionExpression("jobId, updatedAt")
        .expressionAttributeNames(Map.of("#status", "status"))
        .expressionAttributeValues(Map.of(":status", AttributeValue.fromS(status.name())));
  }

  private static JobCursor entry(Map<String, AttributeValue> item) {
    return new JobCursor(
        Timestamps.instant(item.get("updatedAt").s()), new JobId(item.get("jobId").s()));
  }
}
