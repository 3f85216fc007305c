package dev.renderworker.worker;

import java.util.ArrayList;
import java.util.List;

/** Remembers what happened. */
final class RecordingObserver implements WorkerObserver {
  private final List<WorkerEvent> events = new ArrayList<>();

  @Override
  public synchronized void saw(WorkerEvent event) {
    events.add(event);
  }

  /** All so far, in order. */
  synchronized List<WorkerEvent> events() {
    return List.copyOf(events);
  }

  /** Those of that kind. */
  <E extends WorkerEvent> List<E> events(Class<E> kind) {
    return events().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
