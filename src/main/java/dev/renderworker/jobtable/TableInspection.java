package dev.renderworker.jobtable;

import dev.renderworker.worker.ServiceUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Looks at the tables before they are worked with. */
public final class TableInspection {
  private static final List<String> JOBS_KEY = List.of("jobId HASH");
  private static final List<String> WORKERS_KEY = List.of("workerId HASH");
  private static final List<String> INDEX_KEY = List.of("status HASH", "updatedAt RANGE");

  private final Tables tables;

  /** Prepares to look at the tables given; they stay open. */
  public TableInspection(Tables tables) {
    this.tables = tables;
  }

  /**
   * Looks.
   *
   * @return what is wrong, each with what to do about it; empty when the tables are as needed
   * @throws ServiceUnavailableException when DynamoDB can't be reached or refuses
   */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    jobsTable().ifPresent(problems::add);
    workersTable().ifPresent(problems::add);
    return problems;
  }

  private Optional<String> jobsTable() {
    String name = tables.settings().jobsTable();
    Optional<TableDescription> table = describe(name);
    if (table.isEmpty()) {
      return Optional.of(TableAdvice.noJobsTable(name));
    }
    return wrongKey(name, JOBS_KEY, table.get())
        .or(
            () ->
                table.get().globalSecondaryIndexes().stream().anyMatch(TableInspection::isOurs)
                    ? Optional.empty()
                    : Optional.of(TableAdvice.noIndex(name)));
  }

  private Optional<String> workersTable() {
    String name = tables.settings().workersTable();
    return describe(name)
        .map(table -> wrongKey(name, WORKERS_KEY, table))
        .orElseGet(() -> Optional.of(TableAdvice.noWorkersTable(name)));
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

  private static Optional<String> wrongKey(
      String name, List<String> wanted, TableDescription table) {
    List<String> key = key(table.keySchema());
    return key.equals(wanted)
        ? Optional.empty()
        : Optional.of(
            "Table %s has the key %s, not %s: name another table.".formatted(name, key, wanted));
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
