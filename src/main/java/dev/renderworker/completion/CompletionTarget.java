package dev.renderworker.completion;

import static java.util.Objects.requireNonNull;

/**
 * Where completion events go.
 *
 * @param service what kind of target it is
 * @param arn the whole name
 */
public record CompletionTarget(Service service, String arn) {
  private static final int PARTS = 6;

  /** Rejects null and an ARN without its six parts. */
  public CompletionTarget {
    requireNonNull(service, "service");
    if (arn.split(":", -1).length != PARTS) {
      throw new IllegalArgumentException("arn: not that of a topic, bus or queue: " + arn);
    }
  }

  /** The kinds of target. */
  public enum Service {
    /** An SNS topic. */
    SNS,
    /** An EventBridge bus. */
    EVENTS,
    /** An SQS queue. */
    SQS
  }

  /**
   * Reads the kind off the ARN.
   *
   * @throws IllegalArgumentException when it is no topic's, bus's or queue's
   */
  public static CompletionTarget of(String arn) {
    return switch (arn.split(":", -1)) {
      case String[] parts when parts.length == PARTS && parts[2].equals("sns") ->
          new CompletionTarget(Service.SNS, arn);
      case String[] parts when parts.length == PARTS && parts[2].equals("events") ->
          new CompletionTarget(Service.EVENTS, arn);
      case String[] parts when parts.length == PARTS && parts[2].equals("sqs") ->
          new CompletionTarget(Service.SQS, arn);
      case String[] _ ->
          throw new IllegalArgumentException("arn: not that of a topic, bus or queue: " + arn);
    };
  }

  String region() {
    return part(3);
  }

  String account() {
    return part(4);
  }

  /** The queue's or topic's name. */
  String name() {
    return part(5);
  }

  /** Whether order and deduplication are the target's business. */
  boolean fifo() {
    return arn.endsWith(".fifo");
  }

  private String part(int index) {
    return arn.split(":", -1)[index];
  }
}
