package dev.renderworker.cli;

import dev.renderworker.worker.StopSignal;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The daemon as {@code run} wires it, on a thread of this JVM. */
final class RunningWorker implements AutoCloseable {
  private static final int STOP_LIMIT_SECONDS = 45;

  private final StopSignal stop = new StopSignal();
  private final Daemon daemon;
  private final FutureTask<Boolean> run;

  private RunningWorker(Settings settings) {
    daemon = new Daemon(settings, false);
    run = new FutureTask<>(() -> daemon.run(stop), true);
    Thread.ofPlatform().name("worker").start(run);
  }

  static RunningWorker start(Map<String, String> environment) {
    return new RunningWorker(Settings.parse(environment));
  }

  /** What {@code GET /metrics} shows. */
  String metrics() {
    return daemon.metrics().text();
  }

  boolean isAlive() {
    return !run.isDone();
  }

  /** Stops it as a signal does, and throws what it ended with, if that was an exception. */
  @Override
  public void close() {
    stop.stop();
    try {
      run.get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the worker did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
