package dev.renderworker.worker;

import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The workers table in memory. */
final class FakeRegistry implements WorkerRegistry {
  private final Map<WorkerId, Instant> beats = new ConcurrentHashMap<>();
  private final Journal journal;
  private volatile Runnable duringBeat = () -> {};

  FakeRegistry(Journal journal) {
    this.journal = journal;
  }

  /** Runs while a beat is under way. */
  void duringBeat(Runnable action) {
    duringBeat = action;
  }

  @Override
  public void beat(WorkerId worker, Instant at) {
    journal.note("registry beat", worker);
    duringBeat.run();
    beats.put(worker, at);
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
