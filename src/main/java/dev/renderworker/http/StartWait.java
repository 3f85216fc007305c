package dev.renderworker.http;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.operations.JobView;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Waits for a job's render to start. When too many wait already, the answer is that for a wait that
 * has run out: the request has been taken in all the same.
 */
final class StartWait {
  private static final int MAX_WAITING = 64;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final JobArchive archive;
  private final Semaphore places = new Semaphore(MAX_WAITING);
  private final StopSignal pauses = new StopSignal();

  StartWait(JobArchive archive) {
    this.archive = archive;
  }

  /** The answer to whoever has sent the job's request. */
  Reply reply(JobId jobId, Duration wait) {
    boolean place = places.tryAcquire();
    try {
      return reply(jobId, job(jobId, place ? wait : Duration.ZERO));
    } finally {
      if (place) {
        places.release();
      }
    }
  }

  private Optional<JobView> job(JobId jobId, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Duration pause = FIRST_PAUSE;
    Optional<JobView> job = look(jobId);
    while (job.filter(StartWait::hasStarted).isEmpty()) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive() || pauses.await(pause.compareTo(left) < 0 ? pause : left)) {
        return job;
      }
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
      job = look(jobId);
    }
    return job;
  }

  /** A table that refuses does not undo what is in the queue. */
  private Optional<JobView> look(JobId jobId) {
    try {
      return archive.find(jobId);
    } catch (ServiceUnavailableException _) {
      return Optional.empty();
    }
  }

  private static boolean hasStarted(JobView job) {
    return switch (job.status()) {
      case QUEUED, STARTING, RETRYING -> false;
      case RENDERING, SUCCEEDED, CANCELLED, FAILED, REJECTED -> true;
    };
  }

  private static Reply reply(JobId jobId, Optional<JobView> job) {
    JobStatus status = job.map(JobView::status).orElse(JobStatus.QUEUED);
    return switch (status) {
      case RENDERING -> started(job.orElseThrow(), "Render started");
      case SUCCEEDED -> started(job.orElseThrow(), "Render finished");
      case QUEUED, STARTING, RETRYING -> waiting(jobId, status);
      case CANCELLED ->
          throw new ProblemException(
              Problem.wrongState("the job %s has been cancelled".formatted(jobId)));
      case FAILED, REJECTED -> throw new ProblemException(failed(job.orElseThrow()));
    };
  }

  private static Reply started(JobView job, String message) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", message);
    job.text("renderId").ifPresent(id -> fields.put("renderId", id));
    job.text("bucketName").ifPresent(bucket -> fields.put("bucketName", bucket));
    fields.put("jobId", job.id().value());
    return Reply.json(Status.OK, fields).with("Location", "/jobs/" + job.id());
  }

  private static Reply waiting(JobId jobId, JobStatus status) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", "The request is in the queue");
    fields.put("jobId", jobId.value());
    fields.put("status", status);
    return Reply.json(Status.ACCEPTED, fields)
        .with("Location", "/jobs/" + jobId)
        .with("Retry-After", "5");
  }

  private static Problem failed(JobView job) {
    return Problem.of(
        Status.UNPROCESSABLE_CONTENT,
        job.text("errorCode").orElse(job.status().name()),
        "The render failed",
        "%s; see /jobs/%s".formatted(job.text("errorMessage").orElse("no message"), job.id()));
  }
}
