package dev.renderworker.operations;

import static dev.renderworker.operations.Desk.NOON;
import static dev.renderworker.operations.Desk.body;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.ServiceUnavailableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeTest {
  private final Desk desk = new Desk();

  private static Receipt accepted(String jobId) {
    return new Receipt.Accepted(new JobId(jobId));
  }

  /** Has the job of this body come to that state. */
  private void reached(String jobId, String body, JobStatus status) {
    String fingerprint = desk.submission(body).request().fingerprint();
    desk.jobs.put(jobId, status, NOON, "fingerprint", fingerprint);
  }

  @Test
  void eachRequestIsAnsweredInItsPlace() {
    reached("known", body("known", 1), JobStatus.SUCCEEDED);
    reached("other", body("other", 1), JobStatus.RENDERING);

    List<Receipt> receipts =
        desk.submit(body("new", 1), body("known", 1), body("other", 2), body("newer", 1));

    assertEquals(accepted("new"), receipts.get(0));
    assertInstanceOf(Receipt.Known.class, receipts.get(1));
    assertInstanceOf(Receipt.Conflict.class, receipts.get(2));
    assertEquals(accepted("newer"), receipts.get(3));
    assertEquals(List.of(body("new", 1), body("newer", 1)), desk.sent());
    assertEquals(JobStatus.QUEUED, desk.status("new"));
  }

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"QUEUED", "REJECTED"})
  void sameRequestIsNotSentTwice(JobStatus status) {
    reached("job", body("job", 1), status);

    assertInstanceOf(Receipt.Known.class, desk.submit(body("job", 1)).getFirst());
    assertEquals(List.of(), desk.sent());
    assertEquals(status, desk.status("job"));
  }

  @Test
  void requestWhoseMessageMayNeverHaveBeenIsSentAgain() {
    desk.submit(body("job", 1));

    assertEquals(List.of(accepted("job")), desk.submit(body("job", 1)));
    assertEquals(List.of(body("job", 1), body("job", 1)), desk.sent());
  }

  @Test
  void correctedRequestMayHaveTheIdOfTheRejectedOne() {
    desk.jobs.put("job", JobStatus.REJECTED, NOON);

    assertEquals(List.of(accepted("job")), desk.submit(body("job", 1)));
    assertEquals(List.of(body("job", 1)), desk.sent());
  }

  @Test
  void jobWithoutAnIdGoesByItsMessage() {
    String body = "{\"composition\":\"hello\"}";

    assertEquals(List.of(accepted("message-1")), desk.submit(body));
    assertEquals(JobStatus.QUEUED, desk.status("message-1"));
  }

  @Test
  void messageThatTheQueueRefusesIsSaidSoAndTheOthersAreSent() {
    desk.queues.refuse(body("second", 1));

    List<Receipt> receipts = desk.submit(body("first", 1), body("second", 1), body("third", 1));

    assertEquals(
        List.of(accepted("first"), new Receipt.Refused("not wanted"), accepted("third")), receipts);
  }

  @Test
  void tableThatRefusesIsNoHindrance() {
    desk.jobs.refuse(true);

    assertEquals(
        List.of(accepted("job"), accepted("message-2")),
        desk.submit(body("job", 1), "{\"composition\":\"hello\"}"));
    desk.jobs.refuse(false);
    assertEquals(Optional.empty(), desk.jobs.find(new JobId("job")));
  }

  @Test
  void queueThatRefusesIsNotTakenForAnAnswer() {
    desk.queues.refuse();

    assertThrows(ServiceUnavailableException.class, () -> desk.submit(body("job", 1)));
  }
}
