package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Refusal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Faults of what surrounds the worker cost no job an attempt. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class BrokenEnvironmentIT {
  private final LocalAws aws;
  private final Workplace place;

  BrokenEnvironmentIT(LocalAws aws) {
    this.aws = aws;
    this.place = Workplace.standard(aws);
  }

  @AfterEach
  void mend() {
    aws.faults().clear();
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
}
