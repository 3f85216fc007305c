package dev.renderworker.worker;

import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The workers table in memory. */
final class FakeRegistry implements WorkerRegistry {
  private final Map<WorkerId, Instant> beats = new ConcurrentHashMap<>();
  private final Journal journal;
  private final AtomicInteger beating = new AtomicInteger();
  private volatile Runnable duringBeat = () -> {};

  FakeRegistry(Journal journal) {
    this.journal = journal;
  }

  /** Runs while a beat is under way. */
  void duringBeat(Runnable action) {
    duringBeat = action;
  }

  /** How many beats are under way. */
  int beating() {
    return beating.get();
  }

  @Override
  public void beat(WorkerId worker, Instant at) {
    journal.note("registry beat", worker);
    beating.incrementAndGet();
    duringBeat.run();
    beats.put(worker, at);
    beating.decrementAndGet();
  }

  @Override
  public Instant lastBeat(WorkerId worker) {
    return beats.getOrDefault(worker, Instant.MIN);
  }

  @Override
  public void leave(WorkerId worker) {
    journal.note("registry leave", worker);
    beats.remove(worker);
  }
}
