package dev.renderworker.local.bench;

import dev.renderworker.local.WorkerProcess;
import dev.renderworker.worker.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** One run of the worker under a load. */
final class Run {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final int BATCH = 10;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(9);
  private static final Duration BETWEEN_JOBS = Duration.ofMillis(50);
  private static final Duration SETTLE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(60);

  /** As on a host with 1 GiB of memory. */
  private static final String HOST = "-XX:MaxRAM=1g";

  private final BenchAws aws;
  private final Load load;
  private final Map<String, Instant> sentAt = new ConcurrentHashMap<>();

  /** How much to do. */
  record Load(int jobs, int concurrency, double renderSeconds) {}

  Run(BenchAws aws, Load load) {
    this.aws = aws;
    this.load = load;
  }

  /** All jobs are in the queue before the worker starts. */
  Map<String, Object> backlog() throws IOException, InterruptedException {
    try (SqsClient sqs = aws.sqs();
        DynamoDbClient dynamoDb = aws.dynamoDb()) {
      for (int from = 0; from < load.jobs(); from += BATCH) {
        send(sqs, from, Math.min(from + BATCH, load.jobs()));
      }
      try (WorkerProcess worker = worker()) {
        long firstReceiveMillis = untilFirstReceive();
        long began = System.nanoTime();
        awaitEmpty(sqs);
        double seconds = (System.nanoTime() - began) / 1e9;
        return result(worker, dynamoDb, seconds, firstReceiveMillis);
      }
    }
  }

  /** A steady trickle to a worker with nothing else to do. */
  Map<String, Object> stream() throws IOException, InterruptedException {
    try (SqsClient sqs = aws.sqs();
        DynamoDbClient dynamoDb = aws.dynamoDb();
        WorkerProcess worker = worker()) {
      long firstReceiveMillis = untilFirstReceive();
      long began = System.nanoTime();
      for (int i = 0; i < load.jobs(); i++) {
        send(sqs, i, i + 1);
        NEVER.await(BETWEEN_JOBS);
      }
      awaitEmpty(sqs);
      double seconds = (System.nanoTime() - began) / 1e9;
      return result(worker, dynamoDb, seconds, firstReceiveMillis);
    }
  }

  /** Nothing to do. */
  Map<String, Object> idle() throws IOException, InterruptedException {
    try (WorkerProcess worker = worker()) {
      long firstReceiveMillis = untilFirstReceive();
      NEVER.await(SETTLE);
      ProcessUse before = ProcessUse.of(worker.pid());
      NEVER.await(IDLE);
      ProcessUse after = ProcessUse.of(worker.pid());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("startToFirstReceiveMs", firstReceiveMillis);
      result.put(
          "idleCpuPercent",
          rounded(100.0 * (after.cpuMillis() - before.cpuMillis()) / IDLE.toMillis()));
      result.put("idleRssMb", after.residentKib() / 1024);
      return result;
    }
  }

  private WorkerProcess worker() throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("MAX_CONCURRENT_RENDERS", Integer.toString(load.concurrency()));
    environment.put("LOG_LEVEL", "warn");
    environment.put("JAVA_OPTS", System.getenv().getOrDefault("WORKER_JAVA_OPTS", HOST));
    aws.resetCounts();
    return WorkerProcess.start(environment, Path.of("target", "bench-worker.log"));
  }

  private long untilFirstReceive() throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (aws.counts().path("sqs.ReceiveMessage").asInt() == 0) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        throw new IOException("the worker does not receive: see target/bench-worker.log");
      }
      NEVER.await(Duration.ofMillis(5));
    }
    return (System.nanoTime() - began) / 1_000_000;
  }

  private void send(SqsClient sqs, int from, int to) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String id = Integer.toString(i);
      entries.add(SendMessageBatchRequestEntry.builder().id(id).messageBody(body(i)).build());
      sentAt.put("bench-" + id, Instant.now());
    }
    sqs.sendMessageBatch(
        batch -> batch.queueUrl(aws.environment().get("SQS_QUEUE_URL")).entries(entries));
  }

  private static String body(int number) {
    return """
    {"jobId":"bench-%d","composition":"hello","codec":"h264",\
    "inputProps":{"title":"Your year","subtitle":"2026"}}
    """
        .formatted(number);
  }

  private void awaitEmpty(SqsClient sqs) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (messages(sqs) > 0) {
      if (System.nanoTime() > deadline) {
        throw new IOException("not done in time: see target/bench-worker.log");
      }
      NEVER.await(LOOK);
    }
  }

  private int messages(SqsClient sqs) {
    return sqs
        .getQueueAttributes(
            get ->
                get.queueUrl(aws.environment().get("SQS_QUEUE_URL"))
                    .attributeNames(QueueAttributeName.ALL))
        .attributes()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().toString().startsWith("ApproximateNumberOfMessages"))
        .mapToInt(entry -> Integer.parseInt(entry.getValue()))
        .sum();
  }

  private Map<String, Object> result(
      WorkerProcess worker, DynamoDbClient dynamoDb, double seconds, long firstReceiveMillis)
      throws IOException, InterruptedException {
    ProcessUse use = ProcessUse.of(worker.pid());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("startToFirstReceiveMs", firstReceiveMillis);
    result.put("seconds", rounded(seconds));
    result.put("jobsPerSecond", rounded(load.jobs() / seconds));
    result.put("cpuMsPerJob", rounded((double) use.cpuMillis() / load.jobs()));
    result.put("peakRssMb", use.peakKib() / 1024);
    result.putAll(new Calls(aws.counts()).perJob(load.jobs()));
    result.putAll(records(dynamoDb));
    return result;
  }

  private Map<String, Object> records(DynamoDbClient dynamoDb) {
    List<Long> toClaim = new ArrayList<>();
    List<Long> toRecord = new ArrayList<>();
    int succeeded = 0;
    for (Map<String, AttributeValue> job : items(dynamoDb)) {
      if (job.get("status").s().equals("SUCCEEDED")) {
        succeeded++;
        Instant sent = sentAt.get(job.get("jobId").s());
        Instant claimed = Instant.parse(job.get("startedAt").s());
        toClaim.add(Duration.between(sent, claimed).toMillis());
        toRecord.add(Duration.between(ended(job), instant(job, "finishedAt")).toMillis());
      }
    }
    return Map.of(
        "succeeded", succeeded,
        "enqueueToClaimMs", Delays.of(toClaim).toString(),
        "renderEndToRecordMs", Delays.of(toRecord).toString());
  }

  private Iterable<Map<String, AttributeValue>> items(DynamoDbClient dynamoDb) {
    return dynamoDb
        .scanPaginator(scan -> scan.tableName(aws.environment().get("JOBS_TABLE")))
        .items();
  }

  /** The stand-in's renders take exactly as long as they are told, from their start on. */
  private Instant ended(Map<String, AttributeValue> job) {
    return job.get("history").l().stream()
        .map(AttributeValue::m)
        .filter(moment -> moment.get("status").s().equals("RENDERING"))
        .map(moment -> instant(moment, "at"))
        .findFirst()
        .orElseThrow()
        .plusMillis((long) (load.renderSeconds() * 1000));
  }

  private static Instant instant(Map<String, AttributeValue> item, String attribute) {
    return Instant.parse(item.get(attribute).s());
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
