package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.message.MessageParser;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operations on a table and queues in memory, at noon. */
final class Desk {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  final FakeJobs jobs = new FakeJobs();
  final FakeQueues queues = new FakeQueues();
  private final MessageParser contract = new MessageParser(_ -> List.of());

  final Operations operations =
      new Operations(
          new OperationPorts(contract::parse, jobs, jobs, queues, queues.dead()),
          new LostRule(Duration.ofSeconds(45), Duration.ofMinutes(2)),
          () -> NOON,
          new StopSignal());

  static String body(String jobId, int size) {
    return "{\"jobId\":\"%s\",\"composition\":\"hello\",\"inputProps\":{\"size\":%d}}"
        .formatted(jobId, size);
  }

  Submission submission(String body) {
    return switch (contract.parse(body)) {
      case ParsedMessage.Valid(var request) -> new Submission(body, request, Optional.empty());
      case ParsedMessage.Invalid(_, var violations) ->
          throw new IllegalArgumentException(violations.toString());
    };
  }

  List<Receipt> submit(String... bodies) {
    return operations.intake().submit(List.of(bodies).stream().map(this::submission).toList());
  }

  /** The bodies of the messages sent so far. */
  List<String> sent() {
    return queues.sent().stream().map(OutgoingRequest::body).toList();
  }

  JobStatus status(String jobId) {
    return jobs.find(new JobId(jobId)).orElseThrow().status();
  }
}
