package dev.renderworker.jobtable;

import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.Delivery;
import dev.renderworker.worker.SignOfLife;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Fresh tables for one test, and a job to keep in them. */
final class JobTables implements AutoCloseable {
  static final Duration RETENTION = Duration.ofDays(30);
  static final Instant START = Instant.parse("2030-11-20T10:00:00.123Z");
  static final JobId JOB = new JobId("job-1");
  static final WorkerId ANNA = new WorkerId("anna-1-x");
  static final WorkerId BERT = new WorkerId("bert-2-y");
  static final RenderHandle RENDER =
      new RenderHandle("render0001", "remotionlambda-bucket", "remotion-render", "eu-central-1");
  static final RenderLinks LINKS = RenderLinks.of(RENDER, request("sha-1"));
  static final RenderOutput OUTPUT =
      new RenderOutput(
          new RenderOutput.Location(
              "https://s3.eu-central-1.amazonaws.com/b/renders/render0001/out.mp4",
              "remotionlambda-bucket",
              "renders/render0001/out.mp4"),
          123_456_789_012L,
          new RenderOutput.Cost(
              new BigDecimal("0.00312"), Optional.of(new BigDecimal("0.00401")), "$0.003"),
          new RenderOutput.Work(300, 8, 23_456, Optional.empty()));

  private final DynamoDbClient client;
  private final Tables tables;
  private final DynamoJobLedger ledger;

  JobTables(LocalAws aws) {
    String id = UUID.randomUUID().toString();
    client = aws.dynamoDb();
    tables =
        Tables.open(
            Region.of(LocalNames.REGION),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")),
            new TableSettings("jobs-" + id, "workers-" + id, RETENTION),
            20,
            List.of());
    ledger = new DynamoJobLedger(tables);
    createJobs(client, tables.settings().jobsTable());
    createWorkers(client, tables.settings().workersTable());
  }

  static void createJobs(DynamoDbClient client, String name) {
    client.createTable(
        create ->
            create
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("jobId"), text("status"), text("updatedAt"))
                .keySchema(key("jobId", KeyType.HASH))
                .globalSecondaryIndexes(
                    GlobalSecondaryIndex.builder()
                        .indexName("status-updatedAt")
                        .keySchema(key("status", KeyType.HASH), key("updatedAt", KeyType.RANGE))
                        .projection(all -> all.projectionType(ProjectionType.KEYS_ONLY))
                        .build()));
  }

  static void createWorkers(DynamoDbClient client, String name) {
    client.createTable(
        create ->
            create
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("workerId"))
                .keySchema(key("workerId", KeyType.HASH)));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  Tables tables() {
    return tables;
  }

  DynamoJobLedger ledger() {
    return ledger;
  }

  /** The record as DynamoDB has it. */
  Map<String, AttributeValue> item(JobId id) {
    return client
        .getItem(
            get ->
                get.tableName(tables.settings().jobsTable())
                    .key(JobsTable.key(id))
                    .consistentRead(true))
        .item();
  }

  /** The statuses of the record's history, in order, each with its note. */
  List<String> history() {
    return item(JOB).get("history").l().stream()
        .map(AttributeValue::m)
        .map(
            event ->
                event.get("status").s()
                    + (event.containsKey("note") ? " (" + event.get("note").s() + ")" : ""))
        .toList();
  }

  Job job() {
    return ledger.find(JOB).orElseThrow();
  }

  /** A job of the table that the worker has just claimed. */
  Ownership claimed(WorkerId worker) {
    Claim claim = claim(worker, 1);
    if (ledger.claimNew(claim).isPresent()) {
      throw new AssertionError("not claimed");
    }
    return claim.ownership();
  }

  /** A job of the table that the worker has just begun to render. */
  Ownership rendering(WorkerId worker) {
    Ownership own = claimed(worker);
    ledger.rendering(own, RENDER, LINKS, at(1));
    return own;
  }

  @Override
  public void close() {
    tables.close();
  }

  static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  /** A sign of life of a worker that holds nothing. */
  static SignOfLife beat(int seconds) {
    return new SignOfLife(at(seconds), 0, Optional.empty());
  }

  static Claim claim(WorkerId worker, int attempt) {
    return new Claim(
        new Ownership(JOB, worker, attempt),
        new Tries(attempt, 0, 0),
        delivery("m1"),
        request("sha-1"),
        START);
  }

  static Delivery delivery(String messageId) {
    return new Delivery(
        messageId,
        "{\"composition\":\"Intro\"}",
        new Delivery.Receipt("receipt", START),
        new Delivery.Trail(1, START, Optional.empty(), Optional.empty()));
  }

  static RenderRequest request(String fingerprint) {
    return new RenderRequest(
        Optional.of(JOB),
        RenderType.MEDIA,
        "Intro",
        Map.of("composition", "Intro", "serveUrl", "https://example.com/site"),
        fingerprint);
  }
}
