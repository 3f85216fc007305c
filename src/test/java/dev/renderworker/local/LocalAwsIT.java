package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The assembly: queues and tables are in place and answer through their gates. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalAwsIT {
  private static LocalAws aws;

  @BeforeAll
  static void start() throws Exception {
    aws = LocalAws.start();
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void queueUrlLeadsThroughTheGate() {
    assertTrue(aws.queueUrl().startsWith(aws.endpoint(LocalService.SQS).toString()));
    long before = aws.counts().of("sqs", "SendMessage");
    aws.sqs().sendMessage(request -> request.queueUrl(aws.queueUrl()).messageBody("hello"));
    var received =
        aws.sqs().receiveMessage(request -> request.queueUrl(aws.queueUrl()).waitTimeSeconds(5));
    assertEquals("hello", received.messages().getFirst().body());
    assertEquals(before + 1, aws.counts().of("sqs", "SendMessage"));
  }

  @Test
  void queueMovesMessagesToTheDeadLettersAfterTenReceives() {
    var attributes =
        aws.sqs()
            .getQueueAttributes(
                request ->
                    request
                        .queueUrl(aws.queueUrl())
                        .attributeNames(QueueAttributeName.REDRIVE_POLICY))
            .attributes();
    String policy = attributes.get(QueueAttributeName.REDRIVE_POLICY);
    assertTrue(policy.contains("render-queue-dlq"), policy);
    assertTrue(policy.matches(".*\"maxReceiveCount\":\"?10\"?.*"), policy);
  }

  @Test
  void fifoQueueIsOne() {
    Provisioning provisioning = new Provisioning(aws.sqs(), aws.dynamoDb());
    String deadLetters = provisioning.createQueue("a-dlq.fifo");
    String queue = provisioning.createQueue("a.fifo", deadLetters, 3);
    var attributes =
        aws.sqs()
            .getQueueAttributes(
                request -> request.queueUrl(queue).attributeNames(QueueAttributeName.FIFO_QUEUE))
            .attributes();
    assertEquals("true", attributes.get(QueueAttributeName.FIFO_QUEUE));
  }

  @Test
  void jobsTableHasItsIndexAndExpires() {
    var table =
        aws.dynamoDb().describeTable(request -> request.tableName(LocalNames.JOBS_TABLE)).table();
    assertEquals(LocalNames.JOBS_INDEX, table.globalSecondaryIndexes().getFirst().indexName());
    var ttl =
        aws.dynamoDb()
            .describeTimeToLive(request -> request.tableName(LocalNames.JOBS_TABLE))
            .timeToLiveDescription();
    assertEquals("expiresAt", ttl.attributeName());
  }

  @Test
  void longPollWakesWhenAMessageComes() throws Exception {
    String queue = aws.sqs().createQueue(request -> request.queueName("long-poll")).queueUrl();
    Thread sender =
        Thread.ofVirtual()
            .unstarted(
                () -> aws.sqs().sendMessage(send -> send.queueUrl(queue).messageBody("late")));
    long begin = System.nanoTime();
    sender.start();
    var received = aws.sqs().receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(20));
    assertEquals(1, received.messages().size());
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 20);
    sender.join();
  }

  @Test
  void everyServiceIsFoundByTheSystemProperties() {
    Map<String, String> properties = aws.systemProperties();
    properties.forEach(System::setProperty);
    try (var sqs = SqsClient.create();
        var dynamoDb = DynamoDbClient.create()) {
      assertEquals(2, dynamoDb.listTables().tableNames().size());
      assertEquals(
          aws.queueUrl(), sqs.getQueueUrl(request -> request.queueName("render-queue")).queueUrl());
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void throttledQueueSaysSo() {
    var fault =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("sqs", "GetQueueUrl").times(10),
                    new Fault.Refuse(Refusal.THROTTLED)));
    var throttled =
        assertThrows(
            SqsException.class,
            () -> aws.sqs().getQueueUrl(request -> request.queueName("render-queue")));
    aws.faults().remove(fault);
    assertTrue(throttled.isThrottlingException());
    assertEquals("RequestThrottled", throttled.awsErrorDetails().errorCode());
  }

  @Test
  void throttledTableSaysSo() {
    var fault =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("dynamodb", "PutItem"), new Fault.Refuse(Refusal.THROTTLED)));
    assertThrows(ProvisionedThroughputExceededException.class, () -> putJob("j1"));
    aws.faults().remove(fault);
  }

  @Test
  void writeWhoseAnswerIsLostIsThere() {
    var fault =
        aws.faults()
            .inject(
                Fault.after(
                    CallPattern.of("dynamodb", "PutItem").containing("lost-answer"),
                    new Fault.Drop()));
    assertThrows(SdkClientException.class, () -> putJob("lost-answer"));
    aws.faults().remove(fault);
    var key = Map.of("jobId", AttributeValue.fromS("lost-answer"));
    assertTrue(
        aws.dynamoDb()
            .getItem(request -> request.tableName(LocalNames.JOBS_TABLE).key(key))
            .hasItem());
  }

  private void putJob(String id) {
    var item = Map.of("jobId", AttributeValue.fromS(id));
    aws.dynamoDb().putItem(request -> request.tableName(LocalNames.JOBS_TABLE).item(item));
  }

  @Test
  void otherProcessCanHoldACallAndLetItGo() throws Exception {
    var fault =
        control(
            "POST",
            "/faults",
            "{\"service\":\"sqs\",\"operation\":\"ListQueues\",\"effect\":\"hold\"}");
    int id = fault.path("id").intValue();
    Thread call = Thread.ofVirtual().start(() -> aws.sqs().listQueues());
    JsonNode held = control("GET", "/faults/" + id + "/held?calls=1&millis=20000", "");
    assertEquals(1, held.path("holding").intValue());
    control("POST", "/faults/" + id + "/release", "");
    call.join();
    control("DELETE", "/faults/" + id, "");
    assertTrue(control("GET", "/faults", "").isEmpty());
  }

  @Test
  void otherProcessCanCount() throws Exception {
    aws.sqs().listQueues();
    assertTrue(control("GET", "/counts", "").path("sqs.ListQueues").longValue() >= 1);
    assertEquals(0, control("GET", "/renders", "").path("launched").intValue());
  }

  @Test
  void unknownFaultIsABadRequest() throws Exception {
    JsonNode refused = control("POST", "/faults", "{\"service\":\"sqs\",\"effect\":\"x\"}");
    assertEquals("unknown effect: x", refused.path("error").stringValue());
  }

  private static JsonNode control(String method, String path, String body) throws Exception {
    URI uri = aws.endpoint(LocalService.CONTROL).resolve(path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JsonMapper.shared().readTree(client.send(request, BodyHandlers.ofString()).body());
    }
  }
}
