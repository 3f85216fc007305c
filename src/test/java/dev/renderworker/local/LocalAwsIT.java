package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

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
}
