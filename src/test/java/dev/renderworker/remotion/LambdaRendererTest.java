package dev.renderworker.remotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.WorkerId;
import dev.renderworker.remotion.StandInAws.Reply;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.remotion.request.InputProps;
import dev.renderworker.worker.OrphanSearch;
import dev.renderworker.worker.RenderOrder;
import dev.renderworker.worker.Sighting;
import dev.renderworker.worker.StartOutcome;
import dev.renderworker.worker.StopSignal;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The real SDK clients against a stand-in of Lambda and S3. */
class LambdaRendererTest {
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret"));
  private static final String STARTED =
      "{\"type\":\"success\",\"bucketName\":\"%s\",\"renderId\":\"abcdefghij\"}"
          .formatted(Requests.BUCKET);
  private static final RenderHandle RENDER =
      new RenderHandle("abcdefghij", Requests.BUCKET, Requests.FUNCTION, "us-east-1");
  private static final RenderHandle ODDLY_NAMED =
      new RenderHandle("abcdefghij", Requests.BUCKET, "remotion-mine", "us-east-1");
  private static final String PROGRESS = Requests.BUCKET + "/renders/abcdefghij/progress.json";

  private final StandInAws aws = new StandInAws();

  /** Just after the recorded render "success" began. */
  private Instant now = Instant.ofEpochMilli(1_795_455_503_000L);

  private final LambdaRenderer renderer = renderer(Requests.settings(), CREDENTIALS);

  private LambdaRenderer renderer(RemotionSettings settings, AwsCredentialsProvider credentials) {
    return new LambdaRenderer(
        settings, access(credentials, aws.endpoint()), () -> now, new Random(7), new StopSignal());
  }

  private static AwsAccess access(AwsCredentialsProvider credentials, URI endpoint) {
    var endpoints = new AwsAccess.Endpoints(Optional.of(endpoint), Optional.of(endpoint));
    return new AwsAccess(credentials, () -> {}, endpoints, 10, List.of());
  }

  @AfterEach
  void close() {
    renderer.close();
    aws.close();
  }

  private static RenderOrder order(RenderRequest request) {
    return new RenderOrder(new Ownership(new JobId("job-1"), new WorkerId("worker"), 2), request);
  }

  private Sighting look(RenderHandle render, Instant startedAt) {
    return renderer.look(order(Requests.h264()), render, startedAt);
  }

  private Failure failureOf(RenderRequest request) {
    return assertInstanceOf(
            StartOutcome.NotStarted.class, renderer.start(order(request), () -> true))
        .failure();
  }

  @Test
  void startSendsTheOfficialPayloadWithTheCorrelation() {
    aws.on("start", Reply.ok(STARTED));

    StartOutcome outcome = renderer.start(order(Requests.h264()), () -> true);

    assertEquals(new StartOutcome.Started(RENDER), outcome);
    JsonNode sent = aws.invocations("start").getFirst().payload();
    assertEquals(55, sent.size());
    assertEquals(Requests.BUCKET, sent.path("bucketName").stringValue());
    assertEquals(Goldens.parse("{\"jobId\":\"job-1\",\"attempt\":\"2\"}"), sent.path("metadata"));
    assertTrue(sent.path("enableCancellation").booleanValue());
  }

  static Stream<RenderRequest> kinds() {
    return Stream.of(Requests.h264(), Requests.still(Map.of()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void startStaysHereWhenTheJobMayBeAnothersByTheTimeItIsToLeave(RenderRequest request) {
    Failure failure =
        assertInstanceOf(StartOutcome.NotStarted.class, renderer.start(order(request), () -> false))
            .failure();

    assertInstanceOf(Failure.Throttled.class, failure);
    assertEquals(1, aws.invocations("info").size());
    assertEquals(List.of(), aws.invocations("start"));
    assertEquals(List.of(), aws.invocations("still"));
  }

  @Test
  void versionIsAskedOncePerFunction() {
    aws.on("start", Reply.ok(STARTED));

    renderer.start(order(Requests.h264()), () -> true);
    renderer.start(order(Requests.h264()), () -> true);
    renderer.start(order(Requests.h264("functionName", "remotion-other")), () -> true);

    assertEquals(2, aws.invocations("info").size());
    assertEquals(3, aws.invocations("start").size());
  }

  @Test
  void functionThatWasDeployedAnewIsAskedForItsVersionAgain() {
    aws.on("info", version("4.0.500"), version("4.0.527"));
    aws.on(
        "start",
        Reply.ok(Goldens.text("function-answers/start-version-mismatch.response.json")),
        Reply.ok(STARTED));

    assertInstanceOf(
        StartOutcome.Started.class, renderer.start(order(Requests.h264()), () -> true));
    assertEquals(
        List.of("4.0.500", "4.0.527"),
        aws.invocations("start").stream()
            .map(i -> i.payload().path("version").stringValue())
            .toList());
  }

  @Test
  void mismatchThatStaysIsTheEnvironmentsFault() {
    aws.on(
        "start", Reply.ok(Goldens.text("function-answers/start-version-mismatch.response.json")));

    assertEquals(ErrorCode.VERSION_MISMATCH, failureOf(Requests.h264()).code());
    assertEquals(2, aws.invocations("start").size());
  }

  private static Reply version(String version) {
    return Reply.ok("{\"version\":\"%s\",\"type\":\"success\"}".formatted(version));
  }

  @ParameterizedTest
  @CsvSource({
    "429, TooManyRequestsException, THROTTLED",
    "500, ServiceException, SERVICE_UNAVAILABLE",
    "403, AccessDeniedException, ACCESS_DENIED",
    "404, ResourceNotFoundException, FUNCTION_MISSING",
    "502, Whatever, START_UNCERTAIN"
  })
  void startIsNeverRepeatedByTheSdk(int status, String type, ErrorCode expected) {
    aws.on("start", Reply.error(status, type));

    assertEquals(expected, failureOf(Requests.h264()).code());
    assertEquals(1, aws.invocations("start").size());
  }

  @Test
  void lostAnswerLeavesItOpenAndIsNotRepeated() {
    aws.on("start", Reply.dropped());

    assertInstanceOf(Failure.Uncertain.class, failureOf(Requests.h264()));
    assertEquals(1, aws.invocations("start").size());
  }

  @Test
  void serverThatCannotBeReachedHasStartedNothing() {
    aws.on("status", Reply.ok(lastStatus("success")));
    look(ODDLY_NAMED, now);
    aws.close();

    Failure failure = failureOf(Requests.h264("functionName", "remotion-mine"));

    assertEquals(ErrorCode.SERVICE_UNAVAILABLE, failure.code());
    assertInstanceOf(Failure.Throttled.class, failure);
  }

  @Test
  void startWithoutCredentialsHasStartedNothing() {
    AwsCredentialsProvider none =
        () -> {
          throw SdkClientException.create("Unable to load credentials: Read timed out");
        };
    try (LambdaRenderer withoutCredentials = renderer(Requests.settings(), none)) {
      StartOutcome outcome = withoutCredentials.start(order(Requests.h264()), () -> true);

      assertEquals(
          ErrorCode.CREDENTIALS_INVALID,
          assertInstanceOf(StartOutcome.NotStarted.class, outcome).failure().code());
    }
  }

  @Test
  void functionThatTheMessageNamesIsTheJobsFault() {
    aws.on("info", Reply.error(404, "ResourceNotFoundException"));

    Failure named = failureOf(Requests.h264("functionName", "remotion-nowhere"));
    Failure configured = failureOf(Requests.h264());

    assertEquals(ErrorCode.FUNCTION_NOT_FOUND, named.code());
    assertInstanceOf(Failure.OfJob.class, named);
    assertEquals(ErrorCode.FUNCTION_MISSING, configured.code());
    assertInstanceOf(Failure.OfEnvironment.class, configured);
  }

  @Test
  void bucketThatTheMessageNamesIsTheJobsFault() {
    aws.on("start", Reply.ok(Goldens.text("lifecycles/fail-bucket-missing/start.response.json")));

    Failure named = failureOf(Requests.h264("forceBucketName", "remotionlambda-nowhere"));
    Failure configured = failureOf(Requests.h264());

    assertEquals(ErrorCode.INVALID_REQUEST, named.code());
    assertInstanceOf(Failure.OfJob.class, named);
    assertInstanceOf(Failure.OfEnvironment.class, configured);
    assertEquals(ErrorCode.BUCKET_REFUSED, configured.code());
  }

  @Test
  void functionThatIsNotRemotionsIsFoundOutBeforeAnyStart() {
    aws.on("info", Reply.functionError("{\"errorType\":\"KeyError\",\"errorMessage\":\"x\"}"));

    assertEquals(ErrorCode.FUNCTION_UNUSABLE, failureOf(Requests.h264()).code());
    assertEquals(List.of(), aws.invocations("start"));
  }

  @Test
  void largePropsTravelThroughTheBucket() {
    aws.on("start", Reply.ok(STARTED));
    String big = "x".repeat(300_000);

    renderer.start(order(Requests.h264("inputProps", Map.of("t", big))), () -> true);
    renderer.start(order(Requests.h264("inputProps", Map.of("t", big))), () -> true);

    List<String> keys = aws.objectKeys();
    assertEquals(2, keys.size(), "an object for each attempt");
    JsonNode sent = aws.invocations("start").getFirst().payload().path("inputProps");
    String key = Requests.BUCKET + "/input-props/" + sent.path("hash").stringValue() + ".json";
    assertEquals("{\"t\":\"" + big + "\"}", aws.object(key));
    assertEquals("bucket-url", sent.path("type").stringValue());
    assertEquals(Requests.BUCKET, sent.path("bucketName").stringValue());
    assertTrue(key.matches(".*/input-props/[0-9a-z]{10}\\.json"), key);
  }

  @Test
  void propsThatBecomeLargeByQuotingTravelThroughTheBucket() {
    aws.on("start", Reply.ok(STARTED));
    List<String> quoted = java.util.Collections.nCopies(40_000, "x");

    renderer.start(order(Requests.h264("inputProps", Map.of("t", quoted))), () -> true);

    assertFalse(InputProps.of(Map.of("inputProps", Map.of("t", quoted))).json().length() > 193_000);
    assertEquals(1, aws.objectKeys().size());
  }

  @Test
  void propsAreDeletedWhenTheStartCertainlyFailed() {
    Map<String, Object> props = Map.of("t", "x".repeat(300_000));
    aws.on("start", Reply.error(429, "TooManyRequestsException"), Reply.dropped());

    failureOf(Requests.h264("inputProps", props));
    assertEquals(List.of(), aws.objectKeys());

    failureOf(Requests.h264("inputProps", props));
    assertEquals(1, aws.objectKeys().size(), "a render may be reading them");
  }

  @Test
  void requestThatIsTooLargeEvenWithoutItsPropsIsNotSent() {
    Failure failure = failureOf(Requests.h264("envVariables", Map.of("A", "x".repeat(270_000))));

    assertEquals(ErrorCode.PAYLOAD_TOO_LARGE, failure.code());
    assertEquals(List.of(), aws.invocations("start"));
    assertEquals(List.of(), aws.objectKeys());
  }

  @Test
  void outputOfAJobGoesToItsOnePlaceWhereThatIsSwitchedOn() {
    var settings =
        new RemotionSettings(
            Requests.settings().defaults(), InputBuckets.NONE, Duration.ofMinutes(5), true);
    aws.on("start", Reply.ok("{\"type\":\"error\",\"message\":\"NoSuchBucket\",\"stack\":\"\"}"));
    try (LambdaRenderer placing = renderer(settings, CREDENTIALS)) {
      StartOutcome.NotStarted refused =
          assertInstanceOf(
              StartOutcome.NotStarted.class, placing.start(order(Requests.h264()), () -> true));

      var payload = aws.invocations("start").getFirst().payload();
      assertEquals(Requests.BUCKET, payload.at("/outName/bucketName").stringValue());
      assertTrue(payload.at("/outName/key").stringValue().startsWith("renders/job-"));
      assertFalse(payload.path("overwrite").booleanValue());
      assertInstanceOf(
          Failure.OfEnvironment.class, refused.failure(), "the message did not choose the bucket");
      var exists = new Failure.OfJob(ErrorCode.OUTPUT_EXISTS, "exists");
      assertEquals(
          new Sighting.Ended(exists),
          placing.earlierOutput(order(Requests.h264()), RENDER, exists),
          "there is none");
    }
  }

  @Test
  void startWhoseSessionIsRefusedIsAskedForOnceMore() {
    aws.on("start", Reply.error(403, "ExpiredTokenException"), Reply.ok(STARTED));

    assertInstanceOf(
        StartOutcome.Started.class, renderer.start(order(Requests.h264()), () -> true));
    assertEquals(2, aws.invocations("start").size());
  }

  @Test
  void stillIsFinishedWhenItsAnswerComes() {
    aws.on(
        "still",
        Reply.ok(
            "{\"type\":\"success\",\"output\":\"https://s3.us-east-1.amazonaws.com/b/k.png\","
                + "\"outKey\":\"k.png\",\"size\":3000,\"sizeInBytes\":3000,\"bucketName\":\""
                + Requests.BUCKET
                + "\",\"renderId\":\"abcdefghij\",\"estimatedPrice\":{\"accruedSoFar\":0.00002,"
                + "\"displayCost\":\"<$0.001\"},\"receivedArtifacts\":[]}"));
    RenderRequest request =
        Requests.still(Map.of("outName", Map.of("bucketName", "b", "key", "k.png")));

    StartOutcome.Finished finished =
        assertInstanceOf(StartOutcome.Finished.class, renderer.start(order(request), () -> true));

    assertEquals(RENDER, finished.render());
    RenderOutput output = finished.output();
    assertEquals(
        new RenderOutput.Location("https://s3.us-east-1.amazonaws.com/b/k.png", "b", "k.png"),
        output.location());
    assertEquals(3000, output.sizeInBytes());
    assertEquals(0, new BigDecimal("0.00002").compareTo(output.cost().reported()));
    assertFalse(aws.invocations("still").getFirst().payload().path("streamed").booleanValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'error','message':'Could not find composition with ID x'} | COMPOSITION_NOT_FOUND",
        "{'type':'error','message':'Version mismatch: x'} | VERSION_MISMATCH",
        "{'type':'error','message':'Rate Exceeded.'} | THROTTLED",
        "{'type':'error','message':'it broke'} | COMPOSITION_ERROR"
      })
  void refusedStillIsUnderstoodAsARenderIs(String answer, ErrorCode expected) {
    aws.on("still", Reply.ok(answer.replace('\'', '"')));

    assertEquals(expected, failureOf(Requests.still(Map.of())).code());
  }

  @ParameterizedTest
  @CsvSource({
    "Sandbox.Timedout, RENDER_TIMEOUT",
    "Runtime.ExitError, BROWSER_CRASHED",
    "Other, START_UNCERTAIN"
  })
  void brokenDownStillIsUnderstood(String errorType, ErrorCode expected) {
    aws.on(
        "still",
        Reply.functionError("{\"errorType\":\"%s\",\"errorMessage\":\"x\"}".formatted(errorType)));

    assertEquals(expected, failureOf(Requests.still(Map.of())).code());
  }

  @Test
  void functionAndBucketAreDiscoveredByTheirNames() {
    aws.on("start", Reply.ok(STARTED));
    aws.hasFunctions(
        "remotion-render-4-0-99-mem2048mb-disk2048mb-900sec",
        "remotion-render-4-0-527-mem2048mb-disk2048mb-20sec",
        Requests.FUNCTION,
        "other-9-9-9-mem2048mb-disk2048mb-900sec");
    aws.hasBuckets(Requests.BUCKET, "remotionlambda-euwest1-x", "mine");
    try (LambdaRenderer finder = renderer(Requests.bareSettings(), CREDENTIALS)) {
      assertInstanceOf(
          StartOutcome.Started.class, finder.start(order(Requests.h264()), () -> true));
      assertInstanceOf(
          StartOutcome.Started.class, finder.start(order(Requests.h264()), () -> true));
    }

    StandInAws.Invocation sent = aws.invocations("start").getFirst();
    assertEquals(Requests.FUNCTION, sent.function());
    assertEquals(Requests.BUCKET, sent.payload().path("bucketName").stringValue());
    assertEquals(List.of("GET /"), aws.s3Requests(), "asked once");
  }

  @Test
  void upgradeToAFunctionOfAnotherNameNeedsNoRestart() {
    String old = "remotion-render-4-0-526-mem2048mb-disk2048mb-120sec";
    aws.hasBuckets(Requests.BUCKET);
    aws.hasFunctions(old);
    aws.on("start", Reply.ok(STARTED));
    try (LambdaRenderer finder = renderer(Requests.bareSettings(), CREDENTIALS)) {
      finder.start(order(Requests.h264()), () -> true);
      aws.hasFunctionsOnly(Requests.FUNCTION);
      aws.on("start", Reply.error(404, "ResourceNotFoundException"), Reply.ok(STARTED));

      assertEquals(
          new StartOutcome.Started(RENDER), finder.start(order(Requests.h264()), () -> true));
    }
    assertEquals(
        List.of(old, old, Requests.FUNCTION),
        aws.invocations("start").stream().map(StandInAws.Invocation::function).toList());
  }

  @Test
  void functionThatIsGoneWithoutAnotherIsAskedOnceAndSoughtAgainByTheCheck() {
    String next = "remotion-render-4-0-528-mem2048mb-disk2048mb-120sec";
    aws.hasBuckets(Requests.BUCKET);
    aws.hasFunctions(Requests.FUNCTION);
    aws.on("start", Reply.error(404, "ResourceNotFoundException"));
    try (LambdaRenderer finder = renderer(Requests.bareSettings(), CREDENTIALS)) {
      StartOutcome outcome = finder.start(order(Requests.h264()), () -> true);
      assertEquals(
          ErrorCode.FUNCTION_MISSING,
          assertInstanceOf(StartOutcome.NotStarted.class, outcome).failure().code());
      assertEquals(1, aws.invocations("start").size());

      aws.hasFunctionsOnly(next);
      assertEquals(Optional.empty(), finder.check());
      aws.on("start", Reply.ok(STARTED));
      finder.start(order(Requests.h264()), () -> true);
    }
    assertEquals(next, aws.invocations("start").getLast().function());
  }

  @Test
  void functionOfAnotherMajorVersionIsNotTaken() {
    aws.hasFunctions("remotion-render-5-0-0-mem2048mb-disk2048mb-120sec");
    try (LambdaRenderer finder = renderer(Requests.bareSettings(), CREDENTIALS)) {
      assertEquals(Optional.of(ErrorCode.FUNCTION_MISSING), finder.check().map(Failure::code));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, BUCKET_REFUSED", "2, BUCKET_REFUSED"})
  void bucketIsNeverGuessedNorLeftToTheFunction(int count, ErrorCode expected) {
    aws.hasFunctions(Requests.FUNCTION);
    for (int i = 0; i < count; i++) {
      aws.hasBuckets("remotionlambda-useast1-" + i);
    }
    try (LambdaRenderer finder = renderer(Requests.bareSettings(), CREDENTIALS)) {
      StartOutcome outcome = finder.start(order(Requests.h264()), () -> true);

      assertEquals(
          expected, assertInstanceOf(StartOutcome.NotStarted.class, outcome).failure().code());
    }
    assertEquals(List.of(), aws.invocations("start"));
  }

  @Test
  void checkSaysWhatIsMissing() {
    assertEquals(Optional.empty(), renderer.check());

    aws.on("info", Reply.error(403, "AccessDeniedException"));
    assertEquals(Optional.of(ErrorCode.ACCESS_DENIED), renderer.check().map(Failure::code));
    assertEquals(List.of(), aws.invocations("start"));

    try (LambdaRenderer bare = renderer(Requests.bareSettings(), CREDENTIALS)) {
      assertEquals(Optional.of(ErrorCode.FUNCTION_MISSING), bare.check().map(Failure::code));
    }
  }

  @Test
  void progressComesFromTheBucketWithoutAskingTheFunction() {
    aws.has(PROGRESS, Goldens.text("lifecycles/success/progress.s3.json"), now);

    assertInstanceOf(Sighting.Done.class, look(RENDER, now));
    assertEquals(List.of(), aws.invocations("status"));
  }

  @Test
  void stillHasNoProgressToBeMistakenForAVideos() {
    ObjectNode file = unreported();
    file.path("renderMetadata").asObject().put("type", "still");
    aws.has(PROGRESS, file.toString(), now);

    assertInstanceOf(Sighting.Unseen.class, look(RENDER, now));
  }

  @Test
  void functionIsAskedWhereTheBucketIsClosed() {
    aws.forbidsReads();
    aws.on("status", Reply.ok(lastStatus("success")));

    assertInstanceOf(Sighting.Done.class, look(RENDER, now));
  }

  @Test
  void functionWithANameOfItsOwnIsAsked() {
    aws.on("status", Reply.ok(lastStatus("success")));

    assertInstanceOf(Sighting.Done.class, look(ODDLY_NAMED, now));
    assertEquals("remotion-mine", aws.invocations("status").getFirst().function());
    assertEquals(List.of(), aws.s3Requests());
  }

  @Test
  void functionIsToldAgainWithWhomTheOutputIs() {
    aws.on("status", Reply.ok(lastStatus("success")));
    Map<String, Object> store =
        Map.of(
            "endpoint", "https://s3.example.com", "accessKeyId", "A", "secretAccessKey", "secret");
    Map<String, Object> outName =
        Map.of("bucketName", "mine", "key", "a.mp4", "s3OutputProvider", store);

    renderer.look(
        order(Requests.h264("outName", outName, "forcePathStyle", true)), ODDLY_NAMED, now);

    JsonNode asked = aws.invocations("status").getFirst().payload();
    assertEquals(store, Goldens.plain(asked.path("s3OutputProvider")));
    assertTrue(asked.path("forcePathStyle").booleanValue());
  }

  @Test
  void oneThrownStatusIsForgiven() {
    String thrown = "{\"errorType\":\"Error\",\"errorMessage\":\"of another invocation\"}";
    aws.on("status", Reply.functionError(thrown), Reply.ok(lastStatus("success")));
    assertInstanceOf(Sighting.Done.class, look(ODDLY_NAMED, now));

    aws.on("status", Reply.functionError(thrown));
    assertInstanceOf(Sighting.Unseen.class, look(ODDLY_NAMED, now));
  }

  @Test
  void statusIsRepeatedWithTheVersionOfTheFunction() {
    aws.on("info", version("4.0.500"), version("4.0.527"));
    aws.on(
        "status",
        Reply.functionError(Goldens.text("function-answers/status-version-mismatch.response.json")),
        Reply.ok(lastStatus("success")));

    assertInstanceOf(Sighting.Done.class, look(ODDLY_NAMED, now));
    assertEquals(
        "4.0.527", aws.invocations("status").getLast().payload().path("version").stringValue());
  }

  @Test
  void vanishedRenderIsLostOnceItMustBeOver() {
    Instant startedAt = now;
    aws.on(
        "status",
        Reply.functionError(Goldens.text("function-answers/status-unknown-render.response.json")));

    assertInstanceOf(Sighting.Unseen.class, look(RENDER, startedAt));
    assertInstanceOf(Sighting.Unseen.class, look(ODDLY_NAMED, startedAt));
    assertEquals(1, aws.invocations("status").size(), "that it is not there is no passing fault");

    now = startedAt.plus(Duration.ofMinutes(8));
    assertEquals(
        ErrorCode.RENDER_LOST,
        assertInstanceOf(Sighting.Ended.class, look(RENDER, startedAt)).failure().code());
    assertInstanceOf(Sighting.Unseen.class, look(ODDLY_NAMED, startedAt));
  }

  @Test
  void failedLookSaysNothingAboutTheRender() {
    aws.on("status", Reply.error(403, "AccessDeniedException"));
    now = now.plus(Duration.ofDays(1));

    Sighting sighting = look(ODDLY_NAMED, Instant.EPOCH);

    assertEquals(
        ErrorCode.ACCESS_DENIED,
        assertInstanceOf(Sighting.Unseen.class, sighting).failure().code());
  }

  @Test
  void timedOutRenderIsDoneWhenItsOutputIsThere() {
    aws.has(PROGRESS, unreported().toString(), now);
    now = now.plus(Duration.ofMinutes(3));
    assertEquals(
        ErrorCode.RENDER_TIMEOUT,
        assertInstanceOf(Sighting.Ended.class, look(RENDER, now)).failure().code());

    aws.has(Requests.BUCKET + "/renders/abcdefghij/out.mp4", "video", now);
    RenderOutput output = assertInstanceOf(Sighting.Done.class, look(RENDER, now)).output();
    assertEquals(5, output.sizeInBytes());
    assertEquals("renders/abcdefghij/out.mp4", output.location().key());
  }

  private static ObjectNode unreported() {
    return Goldens.json("lifecycles/success/progress.s3.json").asObject().putNull("postRenderData");
  }

  @Test
  void outputOfADeadMainFunctionIsFoundBeforeAnyTimeout() {
    aws.has(PROGRESS, unreported().toString(), now.minusSeconds(10));
    assertInstanceOf(Sighting.Running.class, look(RENDER, now));

    aws.has(Requests.BUCKET + "/renders/abcdefghij/out.mp4", "video", now);
    assertInstanceOf(Sighting.Done.class, look(RENDER, now));
  }

  @Test
  void olderOutputThatIsBeingReplacedIsNotTaken() {
    String life = "lifecycles/overwrite-done-before-upload/";
    JsonNode progress = Goldens.json(life + "progress.s3.json");
    Instant started = Instant.ofEpochMilli(1_795_455_730_041L);
    String output = Requests.BUCKET + "/videos/over-1795455728021.mp4";
    aws.on("status", Reply.ok(lastStatus("overwrite-done-before-upload")));
    aws.has(PROGRESS, progress.toString(), started.minusSeconds(10));
    aws.has(output, "old", started.minusSeconds(2));
    now = started.plusSeconds(3);

    assertInstanceOf(Sighting.Running.class, look(RENDER, now), "by the bucket");
    assertInstanceOf(Sighting.Running.class, look(ODDLY_NAMED, now), "by the function");

    aws.has(output, "newer", started.plusSeconds(5));
    assertInstanceOf(Sighting.Done.class, look(RENDER, now));
    assertInstanceOf(Sighting.Done.class, look(ODDLY_NAMED, now));
  }

  private static String lastStatus(String life) {
    return Goldens.text("lifecycles/" + life + "/statuses.jsonl").lines().toList().getLast();
  }

  @Test
  void cancelWritesTheFileThatTheRenderLooksFor() {
    assertEquals(Optional.empty(), renderer.cancel(RENDER));

    assertEquals(
        "{\"cancelledAt\":1795455503000}",
        aws.object(Requests.BUCKET + "/renders/abcdefghij/cancel.json"));
  }

  @Test
  void orphanIsFoundByJobAndAttempt() {
    hasOrphan("renders/aaaaaaaaaa", "job-0", "2", now);
    hasOrphan("renders/bbbbbbbbbb", "job-1", "1", now);
    hasOrphan("renders/cccccccccc", "job-1", "2", now.minus(Duration.ofHours(1)));
    RenderOrder order = order(Requests.h264());
    assertInstanceOf(OrphanSearch.NotYet.class, renderer.findOrphan(order, now, now));

    hasOrphan("renders/dddddddddd", "job-1", "2", now);
    assertEquals(
        new OrphanSearch.Found(
            new RenderHandle("dddddddddd", Requests.BUCKET, Requests.FUNCTION, "us-east-1")),
        renderer.findOrphan(order, now, now));
  }

  private void hasOrphan(String folder, String jobId, String attempt, Instant modified) {
    ObjectNode progress = unreported();
    ObjectNode metadata = progress.path("renderMetadata").asObject();
    metadata.putObject("metadata").put("jobId", jobId).put("attempt", attempt);
    aws.has(Requests.BUCKET + "/" + folder + "/progress.json", progress.toString(), modified);
    aws.has(Requests.BUCKET + "/" + folder + "/out.mp4", "video", modified);
  }

  @Test
  void orphansAreLookedForAmongThoseThatExpireAlike() {
    hasOrphan("renders/aaaaaaaaaa", "job-1", "2", now);
    hasOrphan("renders/7-days-bbbbbbbbbb", "job-1", "2", now);

    OrphanSearch.Found found =
        assertInstanceOf(
            OrphanSearch.Found.class,
            renderer.findOrphan(order(Requests.h264("deleteAfter", "7-days")), now, now));

    assertEquals("7-days-bbbbbbbbbb", found.render().renderId());
  }

  @Test
  void orphanIsWaitedForSinceItsStartHadLeftForSure() {
    RenderOrder order = order(Requests.h264());
    Instant since = now;
    Instant leftBy = since.plus(Duration.ofMinutes(3));
    now = leftBy.plus(Duration.ofMinutes(6)).minusMillis(1);
    assertInstanceOf(OrphanSearch.NotYet.class, renderer.findOrphan(order, since, leftBy));
    now = leftBy.plus(Duration.ofMinutes(6));
    assertInstanceOf(OrphanSearch.None.class, renderer.findOrphan(order, since, leftBy));
  }

  @Test
  void orphanIsGivenUpWhenNoLaunchCanComeAnyMore() {
    Instant since = now;
    now = since.plus(Duration.ofMinutes(7));

    assertInstanceOf(
        OrphanSearch.None.class, renderer.findOrphan(order(Requests.h264()), since, since));
    assertInstanceOf(
        OrphanSearch.None.class, renderer.findOrphan(order(Requests.still(Map.of())), now, now));
  }
}
