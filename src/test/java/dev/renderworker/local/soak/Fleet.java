package dev.renderworker.local.soak;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The worker processes, each of which is killed, frozen and replaced as the soak goes. */
final class Fleet implements AutoCloseable {
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
  private final List<WorkerProcess> all = new ArrayList<>();

  Fleet(LocalAws aws, int size) {
    environment = new HashMap<>(aws.environment());
    environment.putAll(SETTINGS);
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
