package dev.renderworker.jobtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
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
  void tablesAsNeededHaveNoProblems() {
    try (var tables = new JobTables(aws)) {
      assertEquals(List.of(), new TableInspection(tables.tables()).problems());
    }
  }

  @Test
  void missingTablesComeWithTheCommandsThatMakeThem() {
    List<String> problems = problems(name, name + "-workers");

    assertEquals(2, problems.size());
    assertTrue(problems.get(0).contains("create-table --table-name " + name + " "));
    assertTrue(problems.get(0).contains("\"IndexName\":\"status-updatedAt\""));
    assertTrue(problems.get(0).contains("AttributeName=expiresAt"));
    assertTrue(problems.get(1).contains("create-table --table-name " + name + "-workers "));
  }

  @Test
  void wrongKeyIsNamed() {
    JobTables.createJobs(aws.dynamoDb(), name);

    assertEquals(
        List.of(
            "Table %s has the key [jobId HASH], not [workerId HASH]: name another table."
                .formatted(name)),
        problems(name, name));
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

    List<String> problems = problems(name, name + "-workers");

    assertEquals(1, problems.size());
    assertTrue(problems.getFirst().contains("update-table --table-name " + name));
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
      assertThrows(ServiceUnavailableException.class, () -> problems(name, name));
    } finally {
      aws.faults().remove(fault);
    }
  }

  private List<String> problems(String jobs, String workers) {
    return new TableInspection(tables(aws.dynamoDb(), jobs, workers)).problems();
  }

  private static Tables tables(DynamoDbClient client, String jobs, String workers) {
    return new Tables(client, new TableSettings(jobs, workers, Duration.ofDays(30)), 1);
  }
}
