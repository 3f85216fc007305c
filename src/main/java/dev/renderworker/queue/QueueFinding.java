package dev.renderworker.queue;

import static java.util.Objects.requireNonNull;

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
   * @param advice what is missing, and the AWS CLI's commands that make it
   */
  record NoDeadLetters(QueueFacts facts, String advice) implements QueueFinding {
    /** Rejects null. */
    public NoDeadLetters {
      requireNonNull(facts, "facts");
      requireNonNull(advice, "advice");
    }
  }

  /**
   * There is no such queue.
   *
   * @param advice what is missing, and the AWS CLI's command that makes it
   */
  record Missing(String advice) implements QueueFinding {
    /** Rejects null. */
    public Missing {
      requireNonNull(advice, "advice");
    }
  }
}
