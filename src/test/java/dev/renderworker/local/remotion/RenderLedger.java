package dev.renderworker.local.remotion;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was asked of the functions, for tests that count. */
public final class RenderLedger {
  private final InstantSource clock;
  private final Map<String, Render> renders = new ConcurrentHashMap<>();
  private final Map<String, Integer> startsByJob = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> routines = new ConcurrentHashMap<>();

  /** An empty ledger. */
  public RenderLedger(InstantSource clock) {
    this.clock = clock;
  }

  void countRoutine(String type) {
    routines.computeIfAbsent(type, _ -> new LongAdder()).increment();
  }

  /** Counts a start that launches; returns which one of its job it is, from 1. */
  int countStart(String jobKey) {
    return startsByJob.merge(jobKey, 1, Integer::sum);
  }

  void add(Render render) {
    renders.put(render.id(), render);
  }

  Optional<Render> find(String renderId) {
    return Optional.ofNullable(renders.get(renderId));
  }

  /** How many renders were launched. */
  public int launched() {
    return renders.size();
  }

  /** How many renders have their output. */
  public long finished() {
    return renders.values().stream().filter(Render::isFinished).count();
  }

  /** How many renders may still come to an end. */
  public long running() {
    var now = clock.instant();
    return renders.values().stream().filter(render -> !render.isOver(now)).count();
  }

  /** How often a job, by {@code metadata.jobId}, was launched. */
  public int startsOf(String jobId) {
    return startsByJob.getOrDefault(jobId, 0);
  }

  /** Launches by {@code metadata.jobId}. */
  public Map<String, Integer> startsByJob() {
    return new TreeMap<>(startsByJob);
  }

  /** The jobs of which a render began while an earlier one could still come to an end. */
  public Set<String> overlapping() {
    Set<String> jobs = new TreeSet<>();
    for (Render first : renders.values()) {
      renders.values().stream()
          .filter(second -> second.request().jobKey().equals(first.request().jobKey()))
          .filter(second -> second.span().start().isAfter(first.span().start()))
          .filter(second -> first.ranAt(second.span().start()))
          .forEach(second -> jobs.add(second.request().jobKey()));
    }
    return jobs;
  }

  /** Invocations by routine, such as {@code start} and {@code status}, refused ones included. */
  public Map<String, Long> routines() {
    Map<String, Long> counts = new TreeMap<>();
    routines.forEach((type, count) -> counts.put(type, count.sum()));
    return counts;
  }
}
