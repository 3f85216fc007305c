package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The job table in memory. */
public final class FakeJobs implements JobArchive, JobOrders {
  private static final Comparator<JobView> NEWEST_FIRST =
      Comparator.comparing(JobView::updatedAt).reversed().thenComparing(job -> job.id().value());

  private final Map<JobId, JobView> jobs = new ConcurrentHashMap<>();
  private final AtomicInteger lists = new AtomicInteger();
  private final List<WorkerView> workers = new ArrayList<>();
  private volatile boolean refusing;
  private volatile boolean changing;

  /** Puts a record there; the attributes come in pairs of name and value. */
  public JobView put(String id, JobStatus status, Instant at, Object... attributes) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("jobId", id);
    all.put("status", status.name());
    all.put("updatedAt", at.toString());
    for (int i = 0; i < attributes.length; i += 2) {
      all.put((String) attributes[i], attributes[i + 1]);
    }
    JobView job = new JobView(all);
    jobs.put(job.id(), job);
    return job;
  }

  public void addWorker(Map<String, Object> attributes) {
    workers.add(new WorkerView(attributes));
  }

  /** From now on every call is refused, or none. */
  public void refuse(boolean wanted) {
    refusing = wanted;
  }

  /** Others change every record before it can be written again. */
  void changeMeanwhile() {
    changing = true;
  }

  /** How often jobs were listed. */
  public int lists() {
    return lists.get();
  }

  private void check() {
    if (refusing) {
      throw new ServiceUnavailableException("read the job table: refused by the test");
    }
  }

  @Override
  public Optional<JobView> find(JobId jobId) {
    check();
    return Optional.ofNullable(jobs.get(jobId));
  }

  @Override
  public JobPage list(Set<JobStatus> statuses, int limit, Optional<JobCursor> after) {
    check();
    lists.incrementAndGet();
    List<JobView> found =
        jobs.values().stream()
            .filter(job -> statuses.contains(job.status()))
            .filter(job -> after.isEmpty() || after.get().isBefore(job.updatedAt(), job.id()))
            .sorted(NEWEST_FIRST)
            .toList();
    List<JobView> page = found.subList(0, Math.min(limit, found.size()));
    return new JobPage(
        page,
        found.size() > limit
            ? Optional.of(new JobCursor(page.getLast().updatedAt(), page.getLast().id()))
            : Optional.empty());
  }

  @Override
  public Optional<Instant> oldest(JobStatus status) {
    check();
    return jobs.values().stream()
        .filter(job -> job.status() == status)
        .map(JobView::updatedAt)
        .min(Comparator.naturalOrder());
  }

  @Override
  public List<WorkerView> workers() {
    check();
    return List.copyOf(workers);
  }

  @Override
  public Optional<JobView> queued(QueuedJob job) {
    check();
    JobView present = jobs.get(job.jobId());
    if (present == null) {
      put(
          job.jobId().value(),
          JobStatus.QUEUED,
          job.at(),
          "fingerprint",
          job.request().fingerprint(),
          "request",
          job.body());
    }
    return Optional.ofNullable(present);
  }

  @Override
  public CancelOutcome cancel(JobId jobId, Instant at) {
    check();
    JobView job = jobs.get(jobId);
    if (job == null) {
      return new CancelOutcome.Unknown();
    }
    return switch (job.status()) {
      case QUEUED, RETRYING -> {
        put(jobId.value(), JobStatus.CANCELLED, at);
        yield new CancelOutcome.Ended();
      }
      case STARTING, RENDERING -> new CancelOutcome.Requested();
      case SUCCEEDED, CANCELLED, FAILED, REJECTED -> new CancelOutcome.Over(job.status());
    };
  }

  @Override
  public boolean queuedAgain(JobView seen, Instant at) {
    check();
    if (changing) {
      return false;
    }
    put(seen.id().value(), JobStatus.QUEUED, at, "request", seen.text("request").orElse(""));
    return true;
  }
}
