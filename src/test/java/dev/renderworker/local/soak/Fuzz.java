package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.LocalService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/** Sends message bodies of every kind of wrong, and follows each to its end. */
final class Fuzz {
  private static final int BATCH = 10;
  private static final int MOST_OPEN = 500;
  private static final int REPORTS = 10;

  /** SQS takes a MiB in one request; what is longer goes by itself. */
  private static final int LONG = 50_000;

  private final LocalAws aws;
  private final FuzzBodies bodies;

  /** What was sent and has no dead letter yet: a hash of the body, by message id. */
  private final Map<String, Integer> open = new HashMap<>();

  private final Map<String, Integer> codes = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private int sent;

  /** Records of before were looked at; the index has them in the order of their last write. */
  private String succeededUntil = "0";

  Fuzz(LocalAws aws, RandomGenerator random) {
    this.aws = aws;
    this.bodies = new FuzzBodies(random);
  }

  /**
   * Sends so many bodies and waits for their ends.
   *
   * @param pid of the worker
   * @return what went wrong
   */
  List<String> run(int count, long pid) throws IOException, InterruptedException {
    int reportEvery = Math.max(BATCH, count / REPORTS);
    int reportAt = reportEvery;
    while (sent < count) {
      send(count);
      while (open.size() > MOST_OPEN) {
        collect();
      }
      if (sent >= reportAt) {
        reportAt += reportEvery;
        Trial.say("%d sent, %s: %s", sent, Memory.of(pid), codes);
      }
    }
    sendRaw();
    settle();
    Trial.say("%d sent, %s: %s", sent, Memory.of(pid), codes);
    if (!open.isEmpty()) {
      violations.add(open.size() + " messages came to no end that could be seen");
    }
    return violations;
  }

  private void send(int count) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    Map<String, String> byEntry = new HashMap<>();
    int size = 0;
    while (entries.size() < BATCH && sent + entries.size() < count && size < LONG) {
      String body = bodies.next();
      size += body.length();
      String id = Integer.toString(entries.size());
      byEntry.put(id, body);
      entries.add(SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build());
    }
    var result = aws.sqs().sendMessageBatch(send -> send.queueUrl(aws.queueUrl()).entries(entries));
    for (SendMessageBatchResultEntry taken : result.successful()) {
      open.put(taken.messageId(), byEntry.get(taken.id()).hashCode());
    }
    result.failed().forEach(failed -> violations.add("not sent: " + failed.message()));
    sent += entries.size();
  }

  /** Bodies that are no UTF-8, which no client of AWS can send, by hand. */
  private void sendRaw() throws IOException, InterruptedException {
    byte[] head =
        "{\"QueueUrl\":\"%s\",\"MessageBody\":\""
            .formatted(aws.queueUrl())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);
    byte[][] wrong = {
      {(byte) 0xff},
      {(byte) 0xc3, 0x28},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf0, (byte) 0x9f}
    };
    int taken = 0;
    try (var client = HttpClient.newHttpClient()) {
      for (byte[] bytes : wrong) {
        var body = new java.io.ByteArrayOutputStream();
        body.write(head);
        body.write(bytes);
        body.write(tail);
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(aws.endpoint(LocalService.SQS))
                    .header("X-Amz-Target", "AmazonSQS.SendMessage")
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        taken += answer.statusCode() == 200 ? 1 : 0;
      }
    }
    Trial.say("%d of %d bodies that are no UTF-8 were taken by the queue", taken, wrong.length);
  }

  private void settle() {
    int quiet = 0;
    while (quiet < 3) {
      int got = collect();
      quiet = got == 0 && Verdict.messages(aws, aws.queueUrl()) == 0 ? quiet + 1 : 0;
    }
  }

  /** Takes note of dead letters; returns how many. */
  private int collect() {
    List<Message> letters =
        aws.sqs()
            .receiveMessage(
                receive ->
                    receive
                        .queueUrl(aws.deadLetterQueueUrl())
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(1)
                        .messageAttributeNames("All"))
            .messages();
    letters.forEach(this::letter);
    if (!letters.isEmpty()) {
      aws.sqs()
          .deleteMessageBatch(
              delete ->
                  delete
                      .queueUrl(aws.deadLetterQueueUrl())
                      .entries(letters.stream().map(Fuzz::deletion).toList()));
    } else {
      succeeded();
    }
    return letters.size();
  }

  private static DeleteMessageBatchRequestEntry deletion(Message letter) {
    return DeleteMessageBatchRequestEntry.builder()
        .id(letter.messageId())
        .receiptHandle(letter.receiptHandle())
        .build();
  }

  private void letter(Message letter) {
    if (!letter.messageAttributes().containsKey("errorCode")) {
      violations.add("the queue itself dead-lettered " + shortened(letter.body()));
      return;
    }
    String code = letter.messageAttributes().get("errorCode").stringValue();
    codes.merge(code, 1, Integer::sum);
    Integer hash = open.remove(letter.messageAttributes().get("sourceMessageId").stringValue());
    if (hash != null && hash != letter.body().hashCode()) {
      violations.add("a dead letter is not what was sent: " + shortened(letter.body()));
    }
    if (code.equals("INTERNAL_ERROR") || code.equals("POISON_MESSAGE")) {
      violations.add(code + ": " + shortened(letter.body()));
    }
  }

  /** What has run is no longer open. */
  private void succeeded() {
    aws.dynamoDb()
        .queryPaginator(
            query ->
                query
                    .tableName(LocalNames.JOBS_TABLE)
                    .indexName(LocalNames.JOBS_INDEX)
                    .keyConditionExpression("#status = :succeeded AND updatedAt >= :since")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(
                        Map.of(
                            ":succeeded", AttributeValue.fromS("SUCCEEDED"),
                            ":since", AttributeValue.fromS(succeededUntil))))
        .items()
        .forEach(this::succeeded);
  }

  private void succeeded(Map<String, AttributeValue> job) {
    succeededUntil = job.get("updatedAt").s();
    if (open.remove(job.get("messageId").s()) != null) {
      codes.merge("SUCCEEDED", 1, Integer::sum);
    }
  }

  private static String shortened(String body) {
    return body.substring(0, Math.min(300, body.length()));
  }
}
