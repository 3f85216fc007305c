package dev.renderworker.worker;

import dev.renderworker.job.Failure;
import dev.renderworker.job.JobId;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers table in memory. */
final class FakeRegistry implements WorkerRegistry {
  private final Map<WorkerId, SignOfLife> beats = new ConcurrentHashMap<>();
  private final Journal journal;
  private final AtomicInteger beating = new AtomicInteger();
  private volatile Runnable duringBeat = () -> {};
  private volatile Set<JobId> cancels = Set.of();

  FakeRegistry(Journal journal) {
    this.journal = journal;
  }

  /** Runs while a beat is under way. */
  void duringBeat(Runnable action) {
    duringBeat = action;
  }

  /** Every beat from now on tells that people want this job cancelled. */
  void tellOfCancel(String jobId) {
    cancels = Set.of(new JobId(jobId));
  }

  /** How many beats are under way. */
  int beating() {
    return beating.get();
  }

  /** Has another worker show a sign of life. */
  void beat(WorkerId worker, Instant at) {
    beat(worker, new SignOfLife(at, 0, Optional.empty()));
  }

  /** Whether that is a worker's last word of itself. */
  boolean says(String worker, int inFlight, Optional<Failure> pausedBy) {
    SignOfLife last = beats.get(new WorkerId(worker));
    return last != null && last.inFlight() == inFlight && last.pausedBy().equals(pausedBy);
  }

  @Override
  public Set<JobId> beat(WorkerId worker, SignOfLife sign) {
    journal.note("registry beat", worker);
    beating.incrementAndGet();
    duringBeat.run();
    beats.put(worker, sign);
    beating.decrementAndGet();
    return Set.copyOf(cancels);
  }

  @Override
  public Instant lastBeat(WorkerId worker) {
    return Optional.ofNullable(beats.get(worker)).map(SignOfLife::at).orElse(Instant.MIN);
  }

  @Override
  public void leave(WorkerId worker) {
    journal.note("registry leave", worker);
    beats.remove(worker);
  }
}
