package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.WorkerProcess;
import dev.renderworker.worker.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The worker processes, each of which is killed, frozen and replaced as the soak goes. */
final class Fleet implements AutoCloseable {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final String TAKES_JOBS = " takes up to ";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("VISIBILITY_TIMEOUT_SECONDS", "30"),
          Map.entry("LATE_LAUNCH_SECONDS", "0"),
          Map.entry("HEARTBEAT_SECONDS", "1"),
          Map.entry("STALE_AFTER_SECONDS", "4"),
          Map.entry("RECEIVE_WAIT_SECONDS", "2"),
          Map.entry("RETRY_BACKOFF_SECONDS", "1"),
          Map.entry("RETRY_BACKOFF_MAX_SECONDS", "2"),
          // A crash between claim and start costs an attempt; here nothing else shall cost a job.
          Map.entry("MAX_ATTEMPTS", "20"),
          Map.entry("MAX_CONCURRENT_RENDERS", "50"),
          Map.entry("PROGRESS_MAX_INTERVAL_MS", "2000"),
          Map.entry("LOG_FORMAT", "text"));

  private final Map<String, String> environment;
  private final List<WorkerProcess> living = new ArrayList<>();
  private final Set<WorkerProcess> working = new HashSet<>();
  private final List<WorkerProcess> all = new ArrayList<>();

  Fleet(LocalAws aws, int size) {
    environment = new HashMap<>(aws.environment());
    environment.putAll(SETTINGS);
    // Whoever ends the soak early must not leave workers behind, some of them frozen.
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    for (int i = 0; i < size; i++) {
      living.add(start());
    }
  }

  private WorkerProcess start() {
    Path log = Path.of("target", "soak", "worker-%03d.log".formatted(all.size()));
    WorkerProcess worker = WorkerProcess.start(environment, log);
    all.add(worker);
    return worker;
  }

  /** Whether the worker has got so far as to take jobs. */
  boolean works(int which) {
    WorkerProcess worker = living.get(which);
    return working.contains(worker)
        || (worker.output().contains(TAKES_JOBS) && working.add(worker));
  }

  /** Waits until every worker takes jobs. */
  void awaitWork() {
    for (int which = 0; which < living.size(); which++) {
      awaitWork(which);
    }
  }

  private void awaitWork(int which) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!works(which)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("does not start: " + living.get(which).output());
      }
      NEVER.await(LOOK);
    }
  }

  long pid(int which) {
    return living.get(which).pid();
  }

  int size() {
    return living.size();
  }

  void killAndReplace(int which) {
    living.get(which).kill();
    living.set(which, start());
  }

  /** The old one may still be handing over when the new one works. */
  void stopAndReplace(int which) {
    living.get(which).terminate();
    living.set(which, start());
  }

  /**
   * Restarts a worker as systemd does: the new one begins when the old one has ended.
   *
   * @return how long the stop took
   * @throws IllegalStateException when the stop does not end well, or not in time
   */
  Duration restart(int which) {
    awaitWork(which);
    WorkerProcess old = living.get(which);
    long began = System.nanoTime();
    old.terminate();
    int code = old.waitFor(STOP_LIMIT);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (code != 0) {
      throw new IllegalStateException("worker %d ended with %d".formatted(old.pid(), code));
    }
    living.set(which, start());
    return took;
  }

  void freeze(int which) {
    living.get(which).signal("STOP");
  }

  void thaw(int which) {
    living.get(which).signal("CONT");
  }

  /**
   * Stops every worker by SIGTERM; returns what is wrong with how they ended, and what they say.
   */
  List<String> stop() {
    List<String> problems = new ArrayList<>();
    awaitWork();
    living.forEach(WorkerProcess::terminate);
    for (WorkerProcess worker : living) {
      int code = worker.waitFor(STOP_LIMIT);
      if (code != 0) {
        problems.add("worker %d ended with exit code %d".formatted(worker.pid(), code));
      }
    }
    for (WorkerProcess worker : all) {
      worker
          .output()
          .lines()
          .filter(line -> line.contains(" ERROR ") && !line.contains("Paused by"))
          .forEach(line -> problems.add("worker %d says: %s".formatted(worker.pid(), line)));
    }
    return problems;
  }

  @Override
  public void close() {
    all.forEach(WorkerProcess::close);
  }
}
