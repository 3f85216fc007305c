package dev.renderworker.worker;

/** Hears what happens in a worker, on the threads of its jobs: returns at once, never throws. */
@FunctionalInterface
public interface WorkerObserver {

  /** Takes note of what has just happened. */
  void saw(WorkerEvent event);
}
