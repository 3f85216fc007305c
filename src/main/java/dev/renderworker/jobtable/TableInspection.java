package dev.renderworker.jobtable;

import dev.renderworker.check.Finding;
import dev.renderworker.worker.ServiceUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Looks at the tables before they are worked with. */
public final class TableInspection {
  private static final List<String> JOBS_KEY = List.of("jobId HASH");
  private static final List<String> WORKERS_KEY = List.of("workerId HASH");
  private static final List<String> INDEX_KEY = List.of("status HASH", "updatedAt RANGE");
  private static final String JOBS = "jobs table";
  private static final String WORKERS = "workers table";

  private final Tables tables;

  /** Prepares to look at the tables given; they stay open. */
  public TableInspection(Tables tables) {
    this.tables = tables;
  }

  /**
   * Looks at the jobs table, then at the workers table.
   *
   * @throws ServiceUnavailableException when DynamoDB can't be reached or refuses
   */
  public List<Finding> inspect() {
    return List.of(jobsTable(), workersTable());
  }

  /** Looks; what can't be looked at is a finding, too. */
  public List<Finding> findings() {
    return List.of(
        orUnreachable(JOBS, this::jobsTable), orUnreachable(WORKERS, this::workersTable));
  }

  private static Finding orUnreachable(String check, Supplier<Finding> look) {
    try {
      return look.get();
    } catch (ServiceUnavailableException e) {
      return TableAdvice.unreachable(check, e.getMessage());
    }
  }

  private Finding jobsTable() {
    String name = tables.settings().jobsTable();
    Optional<TableDescription> table = describe(name);
    if (table.isEmpty()) {
      return TableAdvice.noJobsTable(JOBS, name);
    }
    Optional<Finding> flaw =
        wrongKey(JOBS, JOBS_KEY, table.get())
            .or(
                () ->
                    table.get().globalSecondaryIndexes().stream().anyMatch(TableInspection::isOurs)
                        ? Optional.empty()
                        : Optional.of(TableAdvice.noIndex(JOBS, name)));
    return flaw.or(() -> neverForgets(JOBS, name))
        .orElseGet(() -> new Finding.Passed(JOBS, name + ", with its index and its expiry"));
  }

  private Finding workersTable() {
    String name = tables.settings().workersTable();
    return describe(name)
        .map(
            table ->
                wrongKey(WORKERS, WORKERS_KEY, table)
                    .or(() -> neverForgets(WORKERS, name))
                    .orElseGet(() -> new Finding.Passed(WORKERS, name + ", with its expiry")))
        .orElseGet(() -> TableAdvice.noWorkersTable(WORKERS, name));
  }

  private Optional<TableDescription> describe(String name) {
    return Tables.call(
        "look at table " + name,
        () -> {
          try {
            return Optional.of(
                tables.client().describeTable(describe -> describe.tableName(name)).table());
          } catch (ResourceNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  private Optional<Finding> neverForgets(String check, String name) {
    TimeToLiveDescription expiry =
        Tables.call(
            "look at the expiry of table " + name,
            () ->
                tables
                    .client()
                    .describeTimeToLive(describe -> describe.tableName(name))
                    .timeToLiveDescription());
    boolean on =
        expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLED
            || expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
    return on && TableAdvice.EXPIRY.equals(expiry.attributeName())
        ? Optional.empty()
        : Optional.of(TableAdvice.noExpiry(check, name));
  }

  private static Optional<Finding> wrongKey(
      String check, List<String> wanted, TableDescription table) {
    List<String> key = key(table.keySchema());
    return key.equals(wanted)
        ? Optional.empty()
        : Optional.of(TableAdvice.wrongKey(check, table.tableName(), key, wanted));
  }

  private static boolean isOurs(GlobalSecondaryIndexDescription index) {
    return index.indexName().equals(StatusIndex.NAME) && key(index.keySchema()).equals(INDEX_KEY);
  }

  private static List<String> key(List<KeySchemaElement> schema) {
    return schema.stream()
        .map(element -> element.attributeName() + " " + element.keyTypeAsString())
        .toList();
  }
}
