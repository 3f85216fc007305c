package dev.renderworker.http;

import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobPage;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.NoDeadLetterQueueException;
import dev.renderworker.operations.Operations;
import dev.renderworker.operations.QueueState;
import dev.renderworker.operations.WorkerView;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws what the job page shows at first sight, by few and small reads: what moves every time, what
 * hardly does now and then. Belongs to one thread at a time.
 */
final class Picture {
  private static final int SHOWN = 30;
  private static final Duration SLOW = Duration.ofSeconds(10);

  private static final Set<JobStatus> RUNNING = EnumSet.of(JobStatus.STARTING, JobStatus.RENDERING);
  private static final Set<JobStatus> WAITING = EnumSet.of(JobStatus.QUEUED, JobStatus.RETRYING);
  private static final Set<JobStatus> FAILED = EnumSet.of(JobStatus.FAILED, JobStatus.REJECTED);

  private final HttpPorts ports;
  private final Duration staleAfter;
  private final Operations operations;
  private final EndedJobs ended;
  private Map<String, Object> slow = Map.of();
  private Instant slowAt = Instant.MIN;

  Picture(HttpPorts ports, Duration staleAfter) {
    this.ports = ports;
    this.staleAfter = staleAfter;
    this.operations = ports.operations();
    this.ended = new EndedJobs(operations.archive());
  }

  /** The picture as of now, as JSON; one that says so where a service refuses. */
  String draw() {
    Instant now = ports.clock().instant();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", now.toString());
    fields.put("worker", worker());
    try {
      fields.put("rendering", jobs(RUNNING));
      fields.put("waiting", jobs(WAITING));
      ended.update(now);
      fields.put("ended", attributes(ended.newest()));
      fields.put("steps", LastHour.steps(ended.ends(), now));
      fields.put("today", LastHour.today(ended.ends(), now));
      fields.put("complete", ended.complete());
      fields.putAll(slow(now));
    } catch (ServiceUnavailableException e) {
      fields.put("trouble", e.getMessage());
    }
    return Json.text(fields);
  }

  private Map<String, Object> worker() {
    WorkerCondition condition = ports.process().condition();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("workerId", condition.id().value());
    fields.put("inFlight", condition.inFlight());
    fields.put("free", condition.free());
    fields.put("stopping", condition.stopping());
    condition
        .pausedBy()
        .ifPresent(
            why -> fields.put("paused", Map.of("code", why.code(), "message", why.message())));
    return fields;
  }

  private Map<String, Object> jobs(Set<JobStatus> statuses) {
    JobPage page = operations.archive().list(statuses, SHOWN, Optional.empty());
    // A job can have changed since it was indexed.
    List<JobView> jobs =
        page.jobs().stream().filter(job -> statuses.contains(job.status())).toList();
    return Map.of(
        "jobs", attributes(operations.lostJobs().flagged(jobs)), "more", page.next().isPresent());
  }

  private static List<Map<String, Object>> attributes(List<JobView> jobs) {
    return jobs.stream().map(JobView::attributes).toList();
  }

  private Map<String, Object> slow(Instant now) {
    if (slowAt.plus(SLOW).isBefore(now)) {
      slow = readSlow(now);
      slowAt = now;
    }
    return slow;
  }

  private Map<String, Object> readSlow(Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("failed", jobs(FAILED));
    QueueState queue = operations.queue().state();
    fields.put(
        "queue",
        Map.of(
            "waiting", queue.waiting(), "inFlight", queue.inFlight(), "delayed", queue.delayed()));
    operations
        .archive()
        .oldest(JobStatus.QUEUED)
        .ifPresent(oldest -> fields.put("oldestQueuedAt", oldest.toString()));
    deadLetters().ifPresent(letters -> fields.put("deadLetters", letters));
    fields.put("workers", workers(now));
    return fields;
  }

  private Optional<Long> deadLetters() {
    try {
      return Optional.of(operations.deadLetters().state().messages());
    } catch (NoDeadLetterQueueException _) {
      return Optional.empty();
    }
  }

  private List<Map<String, Object>> workers(Instant now) {
    return operations.archive().workers().stream().map(worker -> worker(worker, now)).toList();
  }

  private Map<String, Object> worker(WorkerView worker, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>(worker.attributes());
    fields.put("alive", worker.isAlive(now, staleAfter));
    return fields;
  }
}
