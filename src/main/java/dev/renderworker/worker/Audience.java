package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who is told what a worker does.
 *
 * @param observer hears of every event
 * @param notices hears of each job's end; empty where nobody is to be told
 */
public record Audience(WorkerObserver observer, Optional<CompletionNotices> notices) {
  /** Nobody. */
  public static final Audience NONE = new Audience(_ -> {}, Optional.empty());

  /** Rejects null. */
  public Audience {
    requireNonNull(observer, "observer");
    requireNonNull(notices, "notices");
  }
}
