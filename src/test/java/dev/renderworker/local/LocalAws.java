package dev.renderworker.local;

import static dev.renderworker.local.LocalService.CONTROL;
import static dev.renderworker.local.LocalService.DYNAMODB;
import static dev.renderworker.local.LocalService.IMDS;
import static dev.renderworker.local.LocalService.LAMBDA;
import static dev.renderworker.local.LocalService.S3;
import static dev.renderworker.local.LocalService.SQS;
import static dev.renderworker.local.LocalService.STS;

import dev.renderworker.local.identity.Principal;
import dev.renderworker.local.identity.Session;
import dev.renderworker.local.identity.Sessions;
import dev.renderworker.local.remotion.RealFunction;
import dev.renderworker.local.remotion.RemotionFunction;
import dev.renderworker.local.remotion.RenderLedger;
import dev.renderworker.local.s3.ObjectStore;
import dev.renderworker.local.wire.CallCounts;
import dev.renderworker.local.wire.EmulatorProxy;
import dev.renderworker.local.wire.Faults;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * AWS as the worker needs it, in this JVM, with queue, tables, role, function and bucket in place.
 *
 * <p>A worker gets at it by {@link #environment()}, or in this JVM by {@link #systemProperties()};
 * its identity comes from the metadata stand-in by the SDK's default chain. Faults, counts and the
 * ledger of renders serve tests; other processes reach them by the control endpoint.
 */
public final class LocalAws implements AutoCloseable {
  private final Closing closing = new Closing();
  private final StandIns standIns;
  private final LocalClients clients;
  private final Queues queues;
  private volatile String serveUrl = LocalNames.SERVE_URL;

  /** The URLs of the queues. */
  private record Queues(String renders, String deadLetters) {}

  /** Starts everything; takes a few seconds. */
  public static LocalAws start() throws Exception {
    return start(LocalAwsOptions.STANDARD);
  }

  /** Starts everything with these options. */
  public static LocalAws start(LocalAwsOptions options) throws Exception {
    return new LocalAws(options);
  }

  private LocalAws(LocalAwsOptions options) throws Exception {
    try {
      standIns = closing.later(StandIns.start(options));
      serveEmulators();
      clients = closing.later(new LocalClients(standIns.endpoints(), standIns.sessions()));
      queues = provision(options);
      standIns.endpoints().of(CONTROL).serve(new Control(this));
      counts().reset();
    } catch (Exception e) {
      closing.close();
      throw e;
    }
  }

  private void serveEmulators() throws Exception {
    int publicPort = standIns.endpoints().of(SQS).port();
    SqsEmulator sqs = closing.later(new SqsEmulator(publicPort));
    standIns.serve(SQS, closing.later(new EmulatorProxy("sqs", sqs.uri(), Refusals.SQS)));
    DynamoDbEmulator dynamoDb = closing.later(new DynamoDbEmulator());
    standIns.serve(
        DYNAMODB, closing.later(new EmulatorProxy("dynamodb", dynamoDb.uri(), Refusals.DYNAMODB)));
  }

  private Queues provision(LocalAwsOptions options) {
    Provisioning provisioning = new Provisioning(clients.sqs(), clients.dynamoDb());
    provisioning.createJobsTable();
    provisioning.createWorkersTable();
    String suffix = options.fifo() ? ".fifo" : "";
    String deadLetters = provisioning.createQueue("render-queue-dlq" + suffix);
    String renders =
        provisioning.createQueue("render-queue" + suffix, deadLetters, options.maxReceiveCount());
    return new Queues(renders, deadLetters);
  }

  /** The environment of a worker process; holds no credentials. */
  public Map<String, String> environment() {
    return Map.ofEntries(
        Map.entry("AWS_REGION", LocalNames.REGION),
        Map.entry("AWS_ENDPOINT_URL_SQS", endpoint(SQS).toString()),
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoint(DYNAMODB).toString()),
        Map.entry("AWS_ENDPOINT_URL_STS", endpoint(STS).toString()),
        Map.entry("AWS_ENDPOINT_URL_LAMBDA", endpoint(LAMBDA).toString()),
        Map.entry("AWS_ENDPOINT_URL_S3", endpoint(S3).toString()),
        Map.entry("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint(IMDS).toString()),
        Map.entry("SQS_QUEUE_URL", queueUrl()),
        Map.entry("JOBS_TABLE", LocalNames.JOBS_TABLE),
        Map.entry("WORKERS_TABLE", LocalNames.WORKERS_TABLE),
        Map.entry("REMOTION_ROLE_ARN", LocalNames.ROLE_ARN),
        Map.entry("REMOTION_FUNCTION_NAME", LocalNames.FUNCTION),
        Map.entry("REMOTION_SERVE_URL", serveUrl),
        Map.entry("REMOTION_BUCKET_NAME", LocalNames.BUCKET));
  }

  /** The system properties by which SDK clients in this JVM find everything. */
  public Map<String, String> systemProperties() {
    Map<String, String> properties = new HashMap<>(standIns.systemProperties());
    properties.put("aws.endpointUrlSqs", endpoint(SQS).toString());
    properties.put("aws.endpointUrlDynamoDb", endpoint(DYNAMODB).toString());
    return properties;
  }

  /** Where a service listens. */
  public URI endpoint(LocalService service) {
    return standIns.endpoint(service);
  }

  /** The URL of the queue of render requests. */
  public String queueUrl() {
    return queues.renders();
  }

  /** The URL of the dead letters' queue. */
  public String deadLetterQueueUrl() {
    return queues.deadLetters();
  }

  /** SQS, for a test's own look; its calls are counted too. */
  public SqsClient sqs() {
    return clients.sqs();
  }

  /** DynamoDB, for a test's own look; its calls are counted too. */
  public DynamoDbClient dynamoDb() {
    return clients.dynamoDb();
  }

  /** The job's record as of now; empty where there is none. */
  public Map<String, AttributeValue> job(String jobId) {
    return dynamoDb()
        .getItem(
            get ->
                get.tableName(LocalNames.JOBS_TABLE)
                    .consistentRead(true)
                    .key(Map.of("jobId", AttributeValue.fromS(jobId))))
        .item();
  }

  /** S3 in the role that may render, for a test's own look. */
  public S3Client s3() {
    return clients.s3();
  }

  /** Lambda in the role that may render, for a test's own look. */
  public LambdaClient lambda() {
    return clients.lambda();
  }

  /** The buckets, behind every service. */
  public ObjectStore store() {
    return standIns.store();
  }

  /** The function that {@link #environment()} names. */
  public RemotionFunction function() {
    return standIns.function();
  }

  /**
   * Puts the function that Remotion publishes in the place of its stand-in, and its site in {@link
   * #environment()}; see {@link RealFunction} for what it needs. It lives as long as this does, at
   * most twelve hours.
   */
  public RealFunction useRealFunction() throws IOException {
    Session session =
        sessions().issue(new Principal(LocalNames.ROLE, "remotion-function"), Duration.ofHours(12));
    RealFunction real =
        closing.later(RealFunction.start(function().configuration(), endpoint(S3), session));
    standIns.deploy(real);
    serveUrl = real.serveUrl();
    return real;
  }

  /** Deploys another function beside the first, of that name and Remotion version. */
  public RemotionFunction deploy(String functionName, String version) {
    return standIns.deploy(functionName, version);
  }

  /** Deletes a function. */
  public void deleteFunction(String functionName) {
    standIns.deleteFunction(functionName);
  }

  /** Sets how many functions of the account may run at once: a thousand, unless told otherwise. */
  public void limitConcurrency(int executions) {
    standIns.limitConcurrency(executions);
  }

  /** What was asked of the functions, brought up to date. */
  public RenderLedger renders() {
    return standIns.renders();
  }

  /** The sessions that were handed out. */
  public Sessions sessions() {
    return standIns.sessions();
  }

  /** How often each operation was called. */
  public CallCounts counts() {
    return standIns.counts();
  }

  /** The faults in force. */
  public Faults faults() {
    return standIns.faults();
  }

  @Override
  public void close() {
    closing.close();
  }
}
