package dev.renderworker.remotion.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.renderworker.job.Failure;
import dev.renderworker.remotion.Requests;
import dev.renderworker.remotion.StandInAws;
import dev.renderworker.remotion.StandInAws.Reply;
import dev.renderworker.remotion.request.InputBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

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
              () -> hasty.start(Requests.h264(), Map.of(), Optional.empty()));

      assertInstanceOf(Failure.Uncertain.class, lost.failure());
    }
    assertEquals(1, aws.invocations("start").size());
  }
}
