package dev.renderworker.remotion.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.remotion.Goldens;
import dev.renderworker.remotion.Requests;
import dev.renderworker.remotion.StandInAws;
import dev.renderworker.remotion.StandInAws.Reply;
import dev.renderworker.remotion.request.InputBuckets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import tools.jackson.databind.JsonNode;

/** The client by itself, without the worker. */
class RemotionClientTest {
  private final StandInAws aws = new StandInAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private AwsAccess access() {
    return new AwsAccess(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", "secret")),
        () -> {},
        new AwsAccess.Endpoints(Optional.of(aws.endpoint()), Optional.of(aws.endpoint())),
        10,
        List.of());
  }

  @Test
  void javaProgramStartsFollowsAndCancels() throws RemotionException {
    aws.on(
        "start",
        Reply.ok(
            "{\"type\":\"success\",\"bucketName\":\"%s\",\"renderId\":\"abcdefghij\"}"
                .formatted(Requests.BUCKET)));
    String folder = Requests.BUCKET + "/renders/abcdefghij/";
    String file = Goldens.text("lifecycles/success/progress.s3.json");
    Map<String, Object> options =
        Map.of("serveUrl", "my-site", "inputProps", Map.of("at", Instant.EPOCH));
    RenderRequest request = RenderRequest.media("hello", options);
    try (var remotion =
        new RemotionClient(
            Requests.settings().defaults(),
            InputBuckets.NONE,
            access(),
            InstantSource.system(),
            new Random(7))) {
      RenderHandle render = remotion.start(request, Map.of(), Optional.empty(), () -> true);
      assertInstanceOf(ProgressReading.Nothing.class, remotion.progress(render, request));

      aws.has(folder + "progress.json", file, Instant.now());
      var seen = assertInstanceOf(ProgressReading.Seen.class, remotion.progress(render, request));
      assertEquals(1, seen.progress().extent().overall());

      remotion.cancel(render);
      assertTrue(aws.objectKeys().contains(folder + "cancel.json"));
    }
    JsonNode sent = aws.invocations("start").getFirst().payload();
    assertEquals("hello", sent.path("composition").stringValue());
    assertEquals(
        "{\"at\":\"remotion-date:1970-01-01T00:00:00.000Z\"}",
        sent.at("/inputProps/payload").stringValue());
    assertTrue(sent.path("metadata").isNull());
  }

  @Test
  void answerThatNeverComesLeavesItOpenAndIsNotRepeated() {
    aws.on("start", Reply.silence());
    ClientPool impatient = new ClientPool(access(), Duration.ofMillis(200));
    RemotionDefaults defaults = Requests.settings().defaults();
    try (var hasty =
        new RemotionClient(
            defaults, InputBuckets.NONE, impatient, InstantSource.system(), new Random(7))) {
      RemotionException lost =
          assertThrows(
              RemotionException.class,
              () -> hasty.start(Requests.h264(), Map.of(), Optional.empty(), () -> true));

      assertInstanceOf(Failure.Uncertain.class, lost.failure());
    }
    assertEquals(1, aws.invocations("start").size());
  }
}
