package dev.renderworker.operations;

import static dev.renderworker.operations.Desk.NOON;
import static dev.renderworker.operations.Desk.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetriesTest {
  private final Desk desk = new Desk();

  private RetryOutcome retry() {
    return desk.operations.retry(new JobId("job"));
  }

  private void record(JobStatus status, Duration ago, String request) {
    desk.jobs.put("job", status, NOON.minus(ago), "request", request);
  }

  /** A record that keeps only the beginning of its request. */
  private void recordOfLargeRequest() {
    String beginning = body("job", 1).substring(0, 20);
    desk.jobs.put("job", JobStatus.FAILED, NOON, "request", beginning, "requestTruncated", true);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "REJECTED", "CANCELLED"})
  void jobThatHasEndedBadlyIsQueuedAndSentUnderItsId(JobStatus status) {
    record(status, Duration.ZERO, body("job", 1));

    assertEquals(new RetryOutcome.Sent(), retry());

    assertEquals(JobStatus.QUEUED, desk.status("job"));
    OutgoingRequest sent = desk.queues.sent().getFirst();
    assertEquals(body("job", 1), sent.body());
    assertEquals(Optional.of(new JobId("job")), sent.jobId());
    assertEquals(true, sent.again());
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "QUEUED", "STARTING", "RENDERING", "RETRYING"})
  void jobThatGoesOnOrHasSucceededIsLeftAlone(JobStatus status) {
    record(status, Duration.ZERO, body("job", 1));

    assertEquals(new RetryOutcome.NothingToRetry(status), retry());
    assertEquals(List.of(), desk.sent());
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "STARTING", "RENDERING", "RETRYING"})
  void lostJobIsSentAndItsRecordKeepsItsRender(JobStatus status) {
    record(status, Duration.ofHours(1), body("job", 1));

    assertEquals(new RetryOutcome.Sent(), retry());
    assertEquals(status, desk.status("job"));
    assertEquals(List.of(body("job", 1)), desk.sent());
  }

  @Test
  void requestThatWouldBeRejectedAgainIsNotSent() {
    record(JobStatus.REJECTED, Duration.ZERO, "{\"composition\":7}");

    assertInstanceOf(RetryOutcome.Invalid.class, retry());
    assertEquals(List.of(), desk.sent());
    assertEquals(JobStatus.REJECTED, desk.status("job"));
  }

  @Test
  void requestOfAnotherJobIsNotSentUnderThisOne() {
    record(JobStatus.REJECTED, Duration.ZERO, body("other", 1));

    assertEquals(
        new RetryOutcome.Invalid(
            List.of(new Violation("/jobId", "the request was for the job other"))),
        retry());
    assertEquals(List.of(), desk.sent());
  }

  @Test
  void requestTooLargeForTheRecordComesFromTheDeadLetter() {
    recordOfLargeRequest();
    desk.queues.dead().add("job", "DISK_FULL", body("job", 1));

    assertEquals(new RetryOutcome.Sent(), retry());
    assertEquals(List.of(), desk.queues.dead().letters());
  }

  @Test
  void requestThatIsNowhereWholeCannotBeRetried() {
    recordOfLargeRequest();
    desk.queues.dead().add("other", "DISK_FULL", body("other", 1));

    assertEquals(new RetryOutcome.NoRequest(), retry());
    assertEquals(1, desk.queues.dead().letters().size());
  }

  @Test
  void jobThatSomeoneElseChangesIsNotSent() {
    record(JobStatus.FAILED, Duration.ZERO, body("job", 1));
    desk.jobs.changeMeanwhile();

    assertEquals(new RetryOutcome.Changed(), retry());
    assertEquals(List.of(), desk.sent());
  }

  @Test
  void refusalOfTheQueueIsTold() {
    record(JobStatus.FAILED, Duration.ZERO, body("job", 1));
    desk.queues.refuse(body("job", 1));

    assertEquals(new RetryOutcome.Refused("not wanted"), retry());
  }

  @Test
  void unknownJobIsToldSo() {
    assertEquals(new RetryOutcome.Unknown(), retry());
  }
}
