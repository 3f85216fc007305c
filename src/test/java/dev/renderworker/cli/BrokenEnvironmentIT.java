package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of what surrounds the worker cost no job an attempt. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class BrokenEnvironmentIT {
  private static final String NEXT_VERSION = "4.0.600";

  private final LocalAws aws;
  private final Workplace place;

  BrokenEnvironmentIT(LocalAws aws) {
    this.aws = aws;
    this.place = Workplace.standard(aws);
  }

  @AfterEach
  void mend() {
    aws.faults().clear();
    aws.function().version(LocalNames.VERSION);
  }

  /** The start of one job: looks at a render go to the bucket. */
  private static CallPattern start(String jobId) {
    return CallPattern.of("lambda", "Invoke").containing(jobId);
  }

  private InjectedFault denyTheRole() {
    return aws.faults()
        .inject(
            Fault.before(
                CallPattern.of("sts", "AssumeRole"), new Fault.Refuse(Refusal.ACCESS_DENIED)));
  }

  private long receives() {
    return aws.counts().of("sqs", "ReceiveMessage");
  }

  @Test
  void workerThatMayNotAssumeTheRoleTakesNoMessageUntilItMay() {
    InjectedFault denied = denyTheRole();
    long receives = receives();
    long invoked = aws.counts().of("lambda", "Invoke");
    String id = newJobId();
    place.send(video(id, 1));
    try (RunningWorker _ = place.worker()) {
      Eventually.holds("several looks at the role", () -> denied.hits() > 2);
      assertEquals(receives, receives());
      assertEquals(invoked, aws.counts().of("lambda", "Invoke"));

      aws.faults().remove(denied);

      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      place.awaitEmpty();
    }
  }

  @Test
  void workerThatIsPausedShowsSoAmongTheWorkers() {
    InjectedFault denied = denyTheRole();
    Shell shell = Shell.script(place.environment(Map.of()));
    try (RunningWorker _ = place.worker()) {
      Eventually.holds(
          "paused",
          () -> shell.run("workers").out().matches("(?s).* PAUSED +0 .*ACCESS_DENIED: .*"));

      aws.faults().remove(denied);

      Eventually.holds("mended", () -> shell.run("workers").out().matches("(?s).* ALIVE +0 .*"));
    }
  }

  @Test
  void roleThatIsLostPutsTheJobBackAndTheWorkerResumesByItself() {
    String id = newJobId();
    long before = receives();
    try (RunningWorker _ = place.worker()) {
      Eventually.holds("a receive", () -> receives() > before);
      InjectedFault denied = denyTheRole();
      aws.sessions().expire(LocalNames.ROLE);
      place.send(video(id, 1));

      JobRecord putBack = place.awaitJob(id, "QUEUED");
      assertFalse(putBack.has("owner"), putBack.toString());
      assertEquals(0, aws.renders().startsOf(id));
      Eventually.holds("a look at the role", () -> denied.hits() > 0);

      aws.faults().remove(denied);
      // The message comes back by itself in half a minute; sent again it does so at once.
      place.send(video(id, 1));
      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      assertEquals(1, aws.renders().startsOf(id));
    }
  }

  @Test
  void throttledStartWaitsInPlaceAndCostsNothing() {
    String id = newJobId();
    InjectedFault throttled =
        aws.faults().inject(Fault.before(start(id).times(2), new Fault.Refuse(Refusal.THROTTLED)));
    try (RunningWorker _ = place.worker()) {
      place.send(video(id, 1));

      JobRecord job = place.awaitJob(id, "SUCCEEDED");

      assertEquals(1, job.number("attempt"));
      assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
      assertEquals(2, throttled.hits());
      assertEquals(1, aws.renders().startsOf(id));
    }
  }

  @Test
  void startWhoseAnswerIsLostIsFoundInTheBucket() {
    String id = newJobId();
    aws.faults().inject(Fault.after(start(id).times(1), new Fault.Drop()));
    try (RunningWorker _ = place.worker()) {
      place.send(video(id, 3));

      JobRecord job = place.awaitJob(id, "SUCCEEDED");

      assertEquals(1, job.number("attempt"));
      assertEquals(1, aws.renders().startsOf(id));
      assertTrue(job.text("outputKey").contains(job.text("renderId")), job.toString());
      place.awaitEmpty();
    }
  }

  @Test
  void sessionThatEndsDuringARenderCostsNothing() {
    String id = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(video(id, 4));
      place.awaitJob(id, "RENDERING");

      aws.sessions().expire(LocalNames.ROLE);

      JobRecord job = place.awaitJob(id, "SUCCEEDED");
      assertEquals(1, job.number("attempt"));
      assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
      assertEquals(1, aws.renders().startsOf(id));
      place.awaitEmpty();
    }
  }

  @Test
  void tablesThatFailForAWhileLoseNoJob() {
    String id = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(video(id, 2));
      place.awaitJob(id, "RENDERING");
      InjectedFault failing =
          aws.faults()
              .inject(
                  Fault.before(
                      CallPattern.of("dynamodb", "UpdateItem").containing(id),
                      new Fault.Refuse(Refusal.SERVER_ERROR)));
      Eventually.holds("writes refused", () -> failing.hits() > 2);

      aws.faults().remove(failing);

      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      assertEquals(1, aws.renders().startsOf(id));
      place.awaitEmpty();
    }
  }

  @Test
  void queueThatFailsForAWhileIsAskedAgain() {
    InjectedFault failing =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("sqs", "ReceiveMessage"),
                    new Fault.Refuse(Refusal.SERVER_ERROR)));
    String id = newJobId();
    try (RunningWorker worker = place.worker()) {
      place.send(video(id, 1));
      Eventually.holds("a receive refused", () -> failing.hits() > 0);
      assertTrue(worker.isAlive());

      aws.faults().remove(failing);

      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
    }
  }

  static Stream<Arguments> lambdaRefusals() {
    return Stream.of(
        Arguments.of("FUNCTION_MISSING", new AwsError(404, "ResourceNotFoundException", "gone")),
        Arguments.of("ACCESS_DENIED", new AwsError(403, "AccessDeniedException", "revoked")),
        Arguments.of(
            "CREDENTIALS_INVALID", new AwsError(403, "UnrecognizedClientException", "invalid")));
  }

  @ParameterizedTest
  @MethodSource("lambdaRefusals")
  void workerThatMayStartNothingKeepsTheQueueFollowsWhatRunsAndResumes(
      String code, AwsError error) {
    String running = newJobId();
    String waiting = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(video(running, 4));
      place.awaitJob(running, "RENDERING");
      InjectedFault broken =
          aws.faults()
              .inject(Fault.before(CallPattern.of("lambda", "Invoke"), new Fault.Fail(error)));

      place.send(video(waiting, 1));
      JobRecord putBack = place.awaitJob(waiting, "QUEUED");
      assertTrue(putBack.toString().contains(code), putBack.toString());
      long refused = broken.hits();
      Eventually.holds("a look at the function", () -> broken.hits() > refused);
      long receives = receives();
      Eventually.holds("another look", () -> broken.hits() > refused + 1);
      assertEquals(receives, receives());
      assertEquals(1, place.awaitJob(running, "SUCCEEDED").number("attempt"));

      aws.faults().remove(broken);
      // The message comes back by itself in half a minute; sent again it does so at once.
      place.send(video(waiting, 1));
      assertEquals(1, place.awaitJob(waiting, "SUCCEEDED").number("attempt"));
      assertEquals(1, aws.renders().startsOf(waiting));
      place.awaitDeadLetters(0);
    }
  }

  @Test
  void functionThatIsUpgradedUnderItsNameNeedsNoRestart() {
    String before = newJobId();
    String after = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(video(before, 1));
      place.awaitJob(before, "SUCCEEDED");
      aws.function().version(NEXT_VERSION);
      place.send(video(after, 1));

      JobRecord job = place.awaitJob(after, "SUCCEEDED");

      assertEquals(1, job.number("attempt"));
      assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
    }
  }

  @Test
  void workerWhoseFunctionRefusesTheVersionThatItTellsPausesAndResumes() {
    InjectedFault stale =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("lambda", "Invoke").containing("\"type\":\"info\""),
                    new Fault.Repeat()));
    String id = newJobId();
    try (RunningWorker _ = place.worker()) {
      Eventually.holds("a look at the function", () -> stale.hits() > 0);
      aws.function().version(NEXT_VERSION);
      place.send(video(id, 1));
      JobRecord putBack = place.awaitJob(id, "QUEUED");
      assertTrue(putBack.toString().contains("VERSION_MISMATCH"), putBack.toString());
      assertEquals(0, aws.renders().startsOf(id));

      aws.faults().remove(stale);
      long receives = receives();
      Eventually.holds("a receive after the pause", () -> receives() > receives);
      // The message comes back by itself in half a minute; sent again it does so at once.
      place.send(video(id, 1));

      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      place.awaitDeadLetters(0);
    }
  }

  @Test
  void workerWhoseBucketIsMissingResumesOnceItIsThere() {
    InjectedFault missing =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("s3", "ListObjectsV2"),
                    new Fault.Fail(new AwsError(404, "NoSuchBucket", "no such bucket"))));
    String id = newJobId();
    place.send(video(id, 1));
    long receives = receives();
    try (RunningWorker _ =
        RunningWorker.start(place.environment(Map.of("REMOTION_BUCKET_NAME", LocalNames.BUCKET)))) {
      Eventually.holds("several looks at the bucket", () -> missing.hits() > 2);
      assertEquals(receives, receives());

      aws.faults().remove(missing);

      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      place.awaitEmpty();
    }
  }

  @Test
  void workerWhoseTablesAreGoneTakesNoMessageUntilTheyAreBack() {
    String id = newJobId();
    long before = receives();
    var missing = new Fault.Fail(new AwsError(400, "ResourceNotFoundException", "no such table"));
    try (RunningWorker worker = place.worker()) {
      Eventually.holds("a receive", () -> receives() > before);
      List<InjectedFault> faults =
          Stream.of("GetItem", "PutItem", "UpdateItem")
              .map(operation -> CallPattern.of("dynamodb", operation))
              .map(calls -> aws.faults().inject(Fault.before(calls, missing)))
              .toList();
      place.send(video(id, 1));
      Eventually.holds("a claim refused", () -> hits(faults) > 0);
      long hits = hits(faults);
      Eventually.holds("several looks at the tables", () -> hits(faults) > hits + 2);
      assertTrue(worker.isAlive());
      assertEquals(0, aws.renders().startsOf(id));

      faults.forEach(aws.faults()::remove);
      place.send(video(id, 1));
      assertEquals(1, place.awaitJob(id, "SUCCEEDED").number("attempt"));
      assertEquals(1, aws.renders().startsOf(id));
    }
  }

  private static long hits(List<InjectedFault> faults) {
    return faults.stream().mapToLong(InjectedFault::hits).sum();
  }

  @Test
  void functionThatOnlyOneMessageNamesAndThatIsMissingIsThatJobsFault() {
    String wrong = newJobId();
    String right = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(
          "{\"jobId\":\"%s\",\"composition\":\"hello\",\"functionName\":\"no-such-function\"}"
              .formatted(wrong));
      assertEquals("FUNCTION_NOT_FOUND", place.awaitJob(wrong, "FAILED").text("errorCode"));
      place.send(video(right, 1));
      place.awaitJob(right, "SUCCEEDED");
      place.awaitDeadLetters(1);
    }
  }

  @Test
  void sessionThatHasEndedBeforeAStartCostsNothing() {
    String first = newJobId();
    String second = newJobId();
    try (RunningWorker _ = place.worker()) {
      place.send(video(first, 6));
      // A session that is refused within seconds of its beginning is not renewed.
      place.awaitJob(first, "SUCCEEDED");
      aws.sessions().expire(LocalNames.ROLE);

      place.send(video(second, 1));

      JobRecord job = place.awaitJob(second, "SUCCEEDED");
      assertEquals(1, job.number("attempt"));
      assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
      assertEquals(1, aws.renders().startsOf(second));
    }
  }

  @Test
  void ownSessionThatEndsDuringAPollCostsNothing() {
    String id = newJobId();
    InjectedFault expired =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("sqs", "ReceiveMessage").times(2),
                    new Fault.Refuse(Refusal.EXPIRED_CREDENTIALS)));
    try (RunningWorker _ = place.worker()) {
      place.send(video(id, 1));
      JobRecord job = place.awaitJob(id, "SUCCEEDED");
      assertEquals(2, expired.hits());
      assertEquals(1, job.number("attempt"));
      assertEquals(List.of("STARTING", "RENDERING", "SUCCEEDED"), job.history());
    }
  }
}
