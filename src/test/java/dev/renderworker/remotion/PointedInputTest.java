package dev.renderworker.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.PointedText;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.WorkerId;
import dev.renderworker.remotion.StandInAws.Reply;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StartOutcome;
import dev.renderworker.worker.StopSignal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;

/** What a message only points to, read from a stand-in of S3. */
class PointedInputTest {
  private static final String URL = "s3://inputs/order 7/props.json";
  private static final String PROPS = "inputs/order 7/props.json";
  private static final ObjectPointer BODY = new ObjectPointer("inputs", "body-1");
  private static final int MIB = 1024 * 1024;

  private final StandInAws aws = new StandInAws();
  private final LambdaRenderer renderer = renderer();

  private LambdaRenderer renderer() {
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));
    var endpoints =
        new AwsAccess.Endpoints(Optional.of(aws.endpoint()), Optional.of(aws.endpoint()));
    return new LambdaRenderer(
        Requests.settings(),
        new AwsAccess(credentials, () -> {}, endpoints, 10, List.of()),
        Instant::now,
        new Random(7),
        new StopSignal());
  }

  @AfterEach
  void close() {
    renderer.close();
    aws.close();
  }

  @Test
  void propsGoToTheFunctionAsTheyLieThere() {
    aws.on("start", started());
    aws.has(PROPS, "{ \"title\": \"Größe\" }", Instant.now());

    renderer.start(order(URL), () -> true);

    JsonNode sent = aws.invocations("start").getFirst().payload();
    assertEquals(
        Goldens.parse("{\"type\":\"payload\",\"payload\":\"{ \\\"title\\\": \\\"Größe\\\" }\"}"),
        sent.path("inputProps"));
    assertTrue(sent.path("inputPropsUrl").isMissingNode());
    assertEquals(55, sent.size());
  }

  @Test
  void largePropsAreCopiedIntoTheRenderBucket() {
    aws.on("start", started());
    String large = "{\"t\":\"" + "x".repeat(300_000) + "\"}";
    aws.has(PROPS, large, Instant.now());

    renderer.start(order(URL), () -> true);

    JsonNode sent = aws.invocations("start").getFirst().payload().path("inputProps");
    String copy = Requests.BUCKET + "/input-props/" + sent.path("hash").stringValue() + ".json";
    assertEquals(large, aws.object(copy));
  }

  @Test
  void propsThatAreNotThereFailTheJobForGood() {
    Failure failure = failure(order(URL));

    assertEquals(ErrorCode.INPUT_PROPS_UNREADABLE, failure.code());
    assertEquals("the object of inputPropsUrl does not exist: " + URL, failure.message());
    assertEquals(List.of(), aws.invocations("start"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "null", "{\"a\":1", "{} {}", "{'a':1}"})
  void propsThatAreNoObjectFailTheJobForGood(String content) {
    aws.has(PROPS, content, Instant.now());

    Failure failure = failure(order(URL));

    assertEquals(ErrorCode.INPUT_PROPS_UNREADABLE, failure.code());
    assertEquals("the object of inputPropsUrl is no JSON object: " + URL, failure.message());
  }

  @Test
  void propsMayHaveFiveMebibytes() {
    aws.on("still", Reply.ok("{\"type\":\"success\"}"));
    aws.has(PROPS, "{\"t\":\"" + "x".repeat(5 * MIB - 7) + "\"}", Instant.now());

    assertEquals(
        "the object of inputPropsUrl is larger than 5242880 bytes: " + URL,
        failure(order(URL)).message());
  }

  @Test
  void propsFromAnotherBucketAreNotEvenAskedFor() {
    Failure failure = failure(order("s3://secrets/all.json"));

    assertEquals(
        "the object of inputPropsUrl is in the bucket secrets, but only inputs may be read"
            + " (INPUT_BUCKETS)",
        failure.message());
    assertEquals(List.of(), aws.s3Requests());
  }

  @Test
  void roleThatMayNotReadThePropsIsTheEnvironmentsFault() {
    aws.has(PROPS, "{}", Instant.now());
    aws.forbidsReads();

    assertEquals(ErrorCode.ACCESS_DENIED, failure(order(URL)).code());
  }

  @Test
  void bodyOfAMessageIsRead() {
    aws.has("inputs/body-1", "{}", Instant.now());

    assertEquals(new PointedText.Found("{}"), renderer.body(BODY));
  }

  @Test
  void bodyOfAMessageHasALimit() {
    aws.has("inputs/body-1", "x".repeat(2 * MIB + 1), Instant.now());

    assertEquals(
        new PointedText.Refused("is larger than 2097152 bytes: s3://inputs/body-1"),
        renderer.body(BODY));
  }

  @Test
  void bodyThatNobodyCanReadNowIsNoFaultOfTheMessage() {
    aws.forbidsReads();

    assertThrows(ServiceUnavailableException.class, () -> renderer.body(BODY));
  }

  @Test
  void bucketThatIsNotAllowedBreaksTheContract() {
    RenderRequest request = Requests.h264("inputPropsUrl", "s3://secrets/all.json");

    assertEquals(
        "/inputPropsUrl is in the bucket secrets, but none is allowed (INPUT_BUCKETS)",
        violation(request, Set.of()));
    assertEquals(
        "/inputPropsUrl is in the bucket secrets, but only a may be read (INPUT_BUCKETS)",
        violation(request, Set.of("a")));
    assertEquals(List.of(), new InputBuckets(Set.of("secrets")).violations(request));
  }

  @Test
  void propsCanNotBeGivenTwice() {
    RenderRequest request = Requests.h264("inputProps", Map.of(), "inputPropsUrl", URL);

    assertEquals(
        "/inputPropsUrl can't be combined with inputProps", violation(request, Set.of("inputs")));
  }

  private static String violation(RenderRequest request, Set<String> buckets) {
    var violations = new InputBuckets(buckets).violations(request);
    assertEquals(1, violations.size());
    return violations.getFirst().pointer() + " " + violations.getFirst().reason();
  }

  private Failure failure(RenderOrder order) {
    return assertInstanceOf(StartOutcome.NotStarted.class, renderer.start(order, () -> true))
        .failure();
  }

  private static Reply started() {
    return Reply.ok(
        "{\"type\":\"success\",\"bucketName\":\"%s\",\"renderId\":\"abcdefghij\"}"
            .formatted(Requests.BUCKET));
  }

  private static RenderOrder order(String url) {
    return new RenderOrder(
        new Ownership(new JobId("job-1"), new WorkerId("worker"), 1),
        Requests.h264("inputPropsUrl", url));
  }
}
