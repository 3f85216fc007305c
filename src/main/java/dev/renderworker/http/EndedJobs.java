package dev.renderworker.http;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.operations.JobCursor;
import dev.renderworker.operations.JobPage;
import dev.renderworker.operations.JobView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs that ended today (UTC) or within the last hour: read back once, a few pages at a time,
 * and then kept up to date by reading what is new. Belongs to one thread at a time.
 */
final class EndedJobs {
  private static final Set<JobStatus> ENDED =
      EnumSet.of(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.REJECTED, JobStatus.CANCELLED);

  private static final int FIRST_PAGE = 20;
  private static final int PAGE = 100;
  private static final int PAGES_AT_ONCE = 4;

  /** How late a job may show up in the list, which lags behind the records. */
  private static final Duration LAG = Duration.ofSeconds(5);

  private final JobArchive archive;
  private final Map<JobId, Ended> jobs = new HashMap<>();
  private Instant seenUpTo = Instant.MIN;
  private List<JobView> newest = List.of();

  /** Where the reading back goes on; empty before it begins and when it is done. */
  private Optional<JobCursor> back = Optional.empty();

  /**
   * A job's end.
   *
   * @param cost in USD; zero where the record has none
   */
  record Ended(JobStatus status, Instant at, BigDecimal cost) {
    static Ended of(JobView job) {
      boolean priced = job.attributes().get("costUsd") instanceof Number;
      return new Ended(
          job.status(),
          job.updatedAt(),
          priced ? new BigDecimal(job.attributes().get("costUsd").toString()) : BigDecimal.ZERO);
    }
  }

  EndedJobs(JobArchive archive) {
    this.archive = archive;
  }

  /** Whether all of today and the last hour is there; until then it is what is newest of it. */
  boolean complete() {
    return back.isEmpty();
  }

  /** The ends known, in no order. */
  Collection<Ended> ends() {
    return jobs.values();
  }

  /** Those that ended last, the newest first, with all that a list shows of them. */
  List<JobView> newest() {
    return newest;
  }

  /** Where the time begins that this looks back to. */
  static Instant since(Instant now) {
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    Instant hourAgo = now.minus(Duration.ofHours(1));
    return midnight.isBefore(hourAgo) ? midnight : hourAgo;
  }

  /** Reads what is new, and goes some pages further back where that is not done yet. */
  void update(Instant now) {
    Instant since = since(now);
    readNew(since);
    for (int page = 0; page < PAGES_AT_ONCE && back.isPresent(); page++) {
      JobPage older = archive.list(ENDED, PAGE, back);
      add(older);
      back = older.next().filter(next -> next.updatedAt().isAfter(since));
    }
    jobs.values().removeIf(ended -> ended.at().isBefore(since));
  }

  private void readNew(Instant since) {
    Instant known = seenUpTo.equals(Instant.MIN) ? since : seenUpTo.minus(LAG);
    Optional<JobCursor> next = Optional.empty();
    for (int page = 0; page < PAGES_AT_ONCE; page++) {
      JobPage newer = archive.list(ENDED, page == 0 ? FIRST_PAGE : PAGE, next);
      add(newer);
      newest = page == 0 ? newer.jobs() : newest;
      next = newer.next().filter(cursor -> cursor.updatedAt().isAfter(known));
      if (next.isEmpty()) {
        return;
      }
    }
    // Too much is new to be caught up with at once: the rest is read back.
    back = next;
  }

  private void add(JobPage page) {
    for (JobView job : page.jobs()) {
      if (job.status().isFinal()) {
        jobs.put(job.id(), Ended.of(job));
      } else {
        jobs.remove(job.id());
      }
      seenUpTo = job.updatedAt().isAfter(seenUpTo) ? job.updatedAt() : seenUpTo;
    }
  }
}
