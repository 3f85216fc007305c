package dev.renderworker.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.renderworker.check.Finding;
import dev.renderworker.credentials.RoleSession;
import dev.renderworker.credentials.RoleSettings;
import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderLinks;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import dev.renderworker.jobtable.DynamoJobLedger;
import dev.renderworker.jobtable.DynamoWorkerRegistry;
import dev.renderworker.jobtable.TableInspection;
import dev.renderworker.jobtable.TableSettings;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.queue.QueueFacts;
import dev.renderworker.queue.QueueFinding;
import dev.renderworker.queue.QueueInspection;
import dev.renderworker.queue.QueueSettings;
import dev.renderworker.queue.SqsClients;
import dev.renderworker.queue.SqsRenderQueue;
import dev.renderworker.remotion.LambdaRenderer;
import dev.renderworker.remotion.RemotionSettings;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.remotion.client.RemotionDefaults;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.worker.Claim;
import dev.renderworker.worker.DeadLetter;
import dev.renderworker.worker.Delivery;
import dev.renderworker.worker.OrphanSearch;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.SignOfLife;
import dev.renderworker.worker.StopSignal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What the adapters rely on, asked of another implementation of the AWS APIs than the embedded one.
 * Needs a Docker engine; {@code -Dlocalstack.image} names another image.
 */
@Timeout(120)
class LocalStackIT {
  private static final String IMAGE =
      System.getProperty("localstack.image", "localstack/localstack:4.7");
  private static final String NO_DOCKER =
      "SKIPPED: no Docker engine answers, so the adapters are not tested against LocalStack";
  private static final List<String> SERVICES = List.of("Sqs", "DynamoDb", "Sts", "S3", "Lambda");
  private static final Region REGION = Region.of(LocalNames.REGION);
  private static final StaticCredentialsProvider ANYONE =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
  private static final WorkerId ANNA = new WorkerId("anna-1-x");
  private static final WorkerId BERT = new WorkerId("bert-2-y");

  private static final Map<String, String> BEFORE = new HashMap<>();
  private static LocalStackContainer container;

  private final Instant now = Instant.now();

  @BeforeAll
  static void start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      LoggerFactory.getLogger(LocalStackIT.class).warn(NO_DOCKER);
      assumeTrue(false, NO_DOCKER);
    }
    container =
        new LocalStackContainer(
                DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("sqs", "dynamodb", "sts", "s3");
    container.start();
    SERVICES.forEach(
        service -> {
          String name = "aws.endpointUrl" + service;
          BEFORE.put(name, System.setProperty(name, container.getEndpoint().toString()));
        });
    try (SqsClient sqs = SqsClient.builder().region(REGION).credentialsProvider(ANYONE).build();
        DynamoDbClient dynamoDb =
            DynamoDbClient.builder().region(REGION).credentialsProvider(ANYONE).build()) {
      var provisioning = new Provisioning(sqs, dynamoDb);
      provisioning.createJobsTable();
      provisioning.createWorkersTable();
    }
  }

  @AfterAll
  static void stop() {
    BEFORE.forEach(
        (name, before) -> {
          if (before == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, before);
          }
        });
    if (container != null) {
      container.stop();
    }
  }

  @Test
  void queueGivesHidesAndDeadLettersByteForByte() {
    try (SqsClients sqs = SqsClients.open(REGION, ANYONE, Duration.ofSeconds(2), List.of());
        DynamoDbClient dynamoDb =
            DynamoDbClient.builder().region(REGION).credentialsProvider(ANYONE).build()) {
      var provisioning = new Provisioning(sqs.working(), dynamoDb);
      String name = "renders-" + UUID.randomUUID();
      String deadLetters = provisioning.createQueue(name + "-dlq");
      URI url = URI.create(provisioning.createQueue(name, deadLetters, 7));
      String body = " {\"title\": \"Grüße 😀\",\r\n\t\"x\":1}  ";
      sqs.working().sendMessage(send -> send.queueUrl(url.toString()).messageBody(body));

      QueueFacts facts =
          assertInstanceOf(
                  QueueFinding.Ready.class, new QueueInspection(sqs.working(), url).inspect())
              .facts();
      assertEquals(7, facts.deadLetters().orElseThrow().maxReceiveCount());
      var settings = new QueueSettings(url, Duration.ofSeconds(2), Duration.ofMinutes(2));
      try (var queue =
          new SqsRenderQueue(
              sqs,
              settings,
              facts.deadLetters().map(QueueFacts.DeadLetters::url),
              InstantSource.system())) {
        queue.hide(queue.receive(10).getFirst(), Duration.ZERO);
        Delivery again = queue.receive(10).getFirst();
        assertEquals(2, again.trail().receiveCount());
        assertEquals(body, again.body());
        assertEquals(List.of(), queue.extend(List.of(again)));

        queue.deadLetter(again, letter());
        queue.delete(again);

        assertEquals(List.of(), queue.receive(10));
      }
      Message letter =
          sqs.working()
              .receiveMessage(
                  receive ->
                      receive.queueUrl(deadLetters).waitTimeSeconds(2).messageAttributeNames("All"))
              .messages()
              .getFirst();
      assertEquals(body, letter.body());
      assertEquals("INVALID_MESSAGE", letter.messageAttributes().get("errorCode").stringValue());
    }
  }

  private DeadLetter letter() {
    return new DeadLetter(
        new JobId("job-1"),
        1,
        Optional.empty(),
        new DeadLetter.Reason(ErrorCode.INVALID_MESSAGE, "is no JSON", now, ANNA));
  }

  @Test
  void jobIsClaimedOnceAndFencedOffFromItsFormerOwner() {
    var settings =
        new TableSettings(LocalNames.JOBS_TABLE, LocalNames.WORKERS_TABLE, Duration.ofDays(30));
    try (Tables tables = Tables.open(REGION, ANYONE, settings, 4, List.of())) {
      new TableInspection(tables)
          .inspect()
          .forEach(finding -> assertInstanceOf(Finding.Passed.class, finding));
      var ledger = new DynamoJobLedger(tables);
      Claim claim = claim(new JobId("job-" + UUID.randomUUID()), ANNA);

      assertTrue(ledger.claimNew(claim).isEmpty());
      ledger.rendering(claim.ownership(), render(), RenderLinks.of(render(), claim.request()), now);
      var job = ledger.claimNew(claim(claim.ownership().jobId(), BERT)).orElseThrow();

      assertEquals(JobStatus.RENDERING, job.state().status());
      assertEquals(Optional.of(render()), job.render());
      assertTrue(ledger.takeOver(job, BERT, claim.delivery(), now));
      assertFalse(ledger.takeOver(job, ANNA, claim.delivery(), now), "taken over twice");

      var registry = new DynamoWorkerRegistry(tables);
      registry.beat(ANNA, new SignOfLife(now, 0, Optional.empty()));
      assertEquals(now.toEpochMilli(), registry.lastBeat(ANNA).toEpochMilli());
    }
  }

  private static RenderHandle render() {
    return new RenderHandle(
        "render0001", LocalNames.BUCKET, LocalNames.FUNCTION, LocalNames.REGION);
  }

  private Claim claim(JobId id, WorkerId worker) {
    var delivery =
        new Delivery(
            "m1",
            "{\"composition\":\"hello\"}",
            new Delivery.Receipt("receipt", now),
            new Delivery.Trail(1, now, Optional.empty(), Optional.empty()));
    return new Claim(new Ownership(id, worker, 1), new Tries(1, 0, 0), delivery, request(id), now);
  }

  private static RenderRequest request(JobId id) {
    return new RenderRequest(
        Optional.of(id), RenderType.MEDIA, "hello", Map.of("composition", "hello"), "sha-1");
  }

  @Test
  void roleIsAssumedAndTheBucketReadUnderIt() {
    try (RoleSession role =
            new RoleSession(
                new RoleSettings(
                    LocalNames.ROLE_ARN, "render-worker", Duration.ofHours(1), Optional.empty()),
                REGION,
                ANYONE,
                List.of());
        LambdaRenderer renderer = renderer(role);
        S3Client s3 =
            S3Client.builder()
                .region(REGION)
                .credentialsProvider(role.credentials())
                .forcePathStyle(true)
                .build()) {
      assertTrue(role.expiry().orElseThrow().isAfter(now));
      s3.createBucket(create -> create.bucket(LocalNames.BUCKET));
      JobId id = new JobId("job-1");
      var order = new RenderOrder(new Ownership(id, ANNA, 1), request(id));
      assertInstanceOf(OrphanSearch.NotYet.class, renderer.findOrphan(order, now, now));

      s3.putObject(
          put -> put.bucket(LocalNames.BUCKET).key("renders/render0001/progress.json"),
          RequestBody.fromString(
              """
              {"renderMetadata":{"functionName":"%s","metadata":{"jobId":"job-1","attempt":"1"}}}
              """
                  .formatted(LocalNames.FUNCTION)));

      assertEquals(new OrphanSearch.Found(render()), renderer.findOrphan(order, now, now));
    }
  }

  private static LambdaRenderer renderer(RoleSession role) {
    var defaults =
        new RemotionDefaults(
            LocalNames.REGION,
            Optional.of(LocalNames.FUNCTION),
            Optional.of(LocalNames.SERVE_URL),
            Optional.of(LocalNames.BUCKET),
            true);
    return new LambdaRenderer(
        new RemotionSettings(defaults, InputBuckets.NONE, Duration.ofMinutes(5), false),
        new AwsAccess(role.credentials(), role::renew, AwsAccess.Endpoints.STANDARD, 4, List.of()),
        InstantSource.system(),
        new Random(),
        new StopSignal());
  }
}
