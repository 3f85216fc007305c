package dev.renderworker.jobtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.check.Finding;
import dev.renderworker.job.JobId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@Timeout(60)
@ExtendWith(SharedAws.class)
class TableInspectionIT {
  private final LocalAws aws;

  private final String name = "table-" + UUID.randomUUID();

  TableInspectionIT(LocalAws aws) {
    this.aws = aws;
  }

  @Test
  void tablesAsNeededPass() {
    try (var tables = new JobTables(aws)) {
      TableSettings settings = tables.tables().settings();
      expire(settings.jobsTable(), "expiresAt");
      expire(settings.workersTable(), "expiresAt");

      assertEquals(
          List.of(
              new Finding.Passed(
                  "jobs table", settings.jobsTable() + ", with its index and its expiry"),
              new Finding.Passed("workers table", settings.workersTable() + ", with its expiry")),
          new TableInspection(tables.tables()).inspect());
    }
  }

  @Test
  void tableThatNeverForgetsComesWithTheCommandThatTeachesIt() {
    try (var tables = new JobTables(aws)) {
      TableSettings settings = tables.tables().settings();
      expire(settings.workersTable(), "createdAt");

      for (Finding finding : new TableInspection(tables.tables()).inspect()) {
        var weak = assertInstanceOf(Finding.Weak.class, finding);
        assertTrue(weak.remedy().contains("update-time-to-live --table-name "), weak.remedy());
      }
    }
  }

  private void expire(String table, String attribute) {
    aws.dynamoDb()
        .updateTimeToLive(
            update ->
                update
                    .tableName(table)
                    .timeToLiveSpecification(
                        expiry -> expiry.enabled(true).attributeName(attribute)));
  }

  @Test
  void missingTablesComeWithTheCommandsThatMakeThem() {
    List<Finding> findings = inspect(name, name + "-workers");

    String jobs = assertInstanceOf(Finding.Broken.class, findings.get(0)).remedy();
    assertTrue(jobs.contains("create-table --table-name " + name + " "));
    assertTrue(jobs.contains("\"IndexName\":\"status-updatedAt\""));
    assertTrue(jobs.contains("AttributeName=expiresAt"));
    String workers = assertInstanceOf(Finding.Broken.class, findings.get(1)).remedy();
    assertTrue(workers.contains("create-table --table-name " + name + "-workers "));
  }

  @Test
  void wrongKeyIsNamed() {
    JobTables.createJobs(aws.dynamoDb(), name);

    assertEquals(
        "Table %s has the key [jobId HASH], not [workerId HASH].".formatted(name),
        assertInstanceOf(Finding.Broken.class, inspect(name, name).get(1)).problem());
  }

  @Test
  void missingIndexComesWithTheCommandThatMakesIt() {
    JobTables.createWorkers(aws.dynamoDb(), name + "-workers");
    aws.dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("jobId")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("jobId")
                            .keyType(KeyType.HASH)
                            .build()));

    var finding =
        assertInstanceOf(Finding.Broken.class, inspect(name, name + "-workers").getFirst());

    assertTrue(finding.remedy().contains("update-table --table-name " + name));
  }

  @Test
  void missingTableIsNamedByEveryCall() {
    var ledger = new DynamoJobLedger(tables(aws.dynamoDb(), name, name));

    var failure =
        assertThrows(ServiceUnavailableException.class, () -> ledger.find(new JobId("job-1")));
    assertTrue(failure.getMessage().startsWith("Could not read job job-1: "));
  }

  @Test
  void unreachableDynamoIsAnErrorOfItsOwn() {
    var lost = Fault.before(CallPattern.of("dynamodb", "DescribeTable"), new Fault.Drop());
    var fault = aws.faults().inject(lost);
    try {
      assertThrows(ServiceUnavailableException.class, () -> inspect(name, name));
      assertEquals(
          2,
          new TableInspection(tables(aws.dynamoDb(), name, name))
              .findings().stream().filter(Finding.Broken.class::isInstance).count());
    } finally {
      aws.faults().remove(fault);
    }
  }

  private List<Finding> inspect(String jobs, String workers) {
    return new TableInspection(tables(aws.dynamoDb(), jobs, workers)).inspect();
  }

  private static Tables tables(DynamoDbClient client, String jobs, String workers) {
    return new Tables(client, new TableSettings(jobs, workers, Duration.ofDays(30)), 1);
  }
}
