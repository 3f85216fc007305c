package dev.renderworker.local;

import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_QUEUE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.QUEUE_ARN;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Makes the queues and tables, as the stack's template does on AWS. */
final class Provisioning {
  private final SqsClient sqs;
  private final DynamoDbClient dynamoDb;

  Provisioning(SqsClient sqs, DynamoDbClient dynamoDb) {
    this.sqs = sqs;
    this.dynamoDb = dynamoDb;
  }

  /** Makes a queue without a redrive policy. */
  String createQueue(String name) {
    return createQueue(name, Map.of());
  }

  /** Makes a queue whose messages go to the dead letters after so many receives. */
  String createQueue(String name, String deadLetterUrl, int maxReceiveCount) {
    String deadLetterArn =
        sqs.getQueueAttributes(request -> request.queueUrl(deadLetterUrl).attributeNames(QUEUE_ARN))
            .attributes()
            .get(QUEUE_ARN);
    return createQueue(
        name,
        Map.of(
            REDRIVE_POLICY,
            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                .formatted(deadLetterArn, maxReceiveCount)));
  }

  private String createQueue(String name, Map<QueueAttributeName, String> attributes) {
    Map<QueueAttributeName, String> all = new HashMap<>(attributes);
    if (name.endsWith(".fifo")) {
      all.put(FIFO_QUEUE, "true");
    }
    return sqs.createQueue(request -> request.queueName(name).attributes(all)).queueUrl();
  }

  void createJobsTable() {
    dynamoDb.createTable(
        request ->
            request
                .tableName(LocalNames.JOBS_TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("jobId"), text("status"), text("updatedAt"))
                .keySchema(key("jobId", KeyType.HASH))
                .globalSecondaryIndexes(jobsByStatus()));
    expire(LocalNames.JOBS_TABLE);
  }

  private static GlobalSecondaryIndex jobsByStatus() {
    return GlobalSecondaryIndex.builder()
        .indexName(LocalNames.JOBS_INDEX)
        .keySchema(key("status", KeyType.HASH), key("updatedAt", KeyType.RANGE))
        .projection(all -> all.projectionType(ProjectionType.ALL))
        .build();
  }

  void createWorkersTable() {
    dynamoDb.createTable(
        request ->
            request
                .tableName(LocalNames.WORKERS_TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text("workerId"))
                .keySchema(key("workerId", KeyType.HASH)));
    expire(LocalNames.WORKERS_TABLE);
  }

  private void expire(String table) {
    dynamoDb.updateTimeToLive(
        request ->
            request
                .tableName(table)
                .timeToLiveSpecification(ttl -> ttl.attributeName("expiresAt").enabled(true)));
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder().attributeName(name).attributeType(S).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }
}
