package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

import dev.renderworker.check.Finding;

/** What inspecting a queue gave. */
public sealed interface QueueFinding {

  /** The queue can be worked from; it has a dead-letter queue. */
  record Ready(QueueFacts facts) implements QueueFinding {
    /** Rejects null. */
    public Ready {
      requireNonNull(facts, "facts");
    }
  }

  /**
   * The queue can be worked from, but what can't be rendered would have nowhere to go.
   *
   * @param why with the AWS CLI's commands that make one
   */
  record NoDeadLetters(QueueFacts facts, Finding.Broken why) implements QueueFinding {
    /** Rejects null. */
    public NoDeadLetters {
      requireNonNull(facts, "facts");
      requireNonNull(why, "why");
    }
  }

  /**
   * There is no such queue.
   *
   * @param why with the AWS CLI's command that makes it
   */
  record Missing(Finding.Broken why) implements QueueFinding {
    /** Rejects null. */
    public Missing {
      requireNonNull(why, "why");
    }
  }
}
