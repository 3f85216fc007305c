package dev.renderworker.queue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import dev.renderworker.worker.DeadLetter;
import dev.renderworker.worker.Delivery;
import java.time.Instant;
import java.util.Optional;

/** Deliveries and dead letters for tests. */
final class Messages {
  static final Instant RECEIVED = Instant.parse("2026-11-20T10:00:00Z");

  private Messages() {}

  static Delivery delivery(String body) {
    return new Delivery(
        "b4ae3f8a-0000-4000-8000-000000000001",
        body,
        new Delivery.Receipt("receipt", RECEIVED),
        new Delivery.Trail(1, RECEIVED, Optional.empty(), Optional.empty()));
  }

  static DeadLetter letter(String message) {
    return new DeadLetter(
        new JobId("job-1"),
        3,
        Optional.of("render1234"),
        new DeadLetter.Reason(
            ErrorCode.COMPOSITION_ERROR,
            message,
            Instant.parse("2026-11-20T10:05:00.123456Z"),
            new WorkerId("host-42-abcd")));
  }
}
