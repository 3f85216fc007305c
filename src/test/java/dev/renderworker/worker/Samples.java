package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import java.util.Optional;

/** Values that tests need and do not care about. */
final class Samples {
  private Samples() {}

  /** The nth delivery of the message. */
  static Delivery delivery(String messageId, int receives) {
    return new Delivery(
        messageId,
        "job-of-" + messageId,
        new Delivery.Receipt(messageId + "#" + receives, TestTime.START),
        new Delivery.Trail(receives, TestTime.START, Optional.empty(), Optional.empty()));
  }

  /** The first attempt of a job that {@code m-1} brought. */
  static Claim claim(String job, String owner) {
    return new Claim(
        new Ownership(new JobId(job), new WorkerId(owner), 1),
        new Tries(1, 0, 0),
        delivery("m-1", 1),
        Bodies.request(job),
        TestTime.START);
  }
}
