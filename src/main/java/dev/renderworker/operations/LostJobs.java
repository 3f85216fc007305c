package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds the jobs that nobody will bring to their end, as after a purge of the queue. Nothing runs
 * for that: whoever looks has it decided by {@link LostRule}.
 */
public final class LostJobs {
  /** The attribute that a lost job's view has, with the value true. */
  public static final String LOST = "lost";

  private static final int PAGE = 100;

  private static final Set<JobStatus> NOT_FINAL =
      Arrays.stream(JobStatus.values())
          .filter(Predicate.not(JobStatus::isFinal))
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobStatus.class)));

  private final JobArchive archive;
  private final RequestQueue queue;
  private final LostRule rule;
  private final InstantSource clock;

  LostJobs(JobArchive archive, RequestQueue queue, LostRule rule, InstantSource clock) {
    this.archive = archive;
    this.queue = queue;
    this.rule = rule;
    this.clock = clock;
  }

  /** Whether the job is lost. */
  public boolean isLost(JobView job) {
    return flagged(List.of(job)).getFirst().flag(LOST);
  }

  /** The same jobs, those that are lost marked by {@link #LOST}. */
  public List<JobView> flagged(List<JobView> jobs) {
    Instant now = clock.instant();
    if (jobs.stream().noneMatch(job -> possible(job, now))) {
      return jobs;
    }
    Map<WorkerId, Instant> beats =
        archive.workers().stream()
            .collect(Collectors.toMap(WorkerView::id, WorkerView::heartbeatAt));
    QueueState state = queue.state();
    return jobs.stream()
        .map(
            job -> {
              Optional<Instant> beat = job.owner().map(beats::get);
              return rule.lost(job, beat, state, now) ? job.with(LOST, true) : job;
            })
        .toList();
  }

  private boolean possible(JobView job, Instant now) {
    return !job.status().isFinal() && job.updatedAt().isBefore(rule.earliest(now));
  }

  /** All jobs that are lost, newest first. */
  public List<JobView> all() {
    List<JobView> lost = new ArrayList<>();
    // Those that have just been written can't be lost, and are the most under load.
    Optional<JobCursor> next =
        Optional.of(new JobCursor(rule.earliest(clock.instant()), new JobId("0")));
    while (next.isPresent()) {
      JobPage page = archive.list(NOT_FINAL, PAGE, next);
      flagged(page.jobs()).stream().filter(job -> job.flag(LOST)).forEach(lost::add);
      next = page.next();
    }
    return lost;
  }
}
