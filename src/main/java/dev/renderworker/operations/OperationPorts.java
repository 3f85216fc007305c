package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.worker.MessageReader;

/** Everything outside that people's orders work with. */
public record OperationPorts(
    MessageReader reader,
    JobArchive archive,
    JobOrders orders,
    RequestQueue queue,
    DeadLetterQueue deadLetters) {
  /** Rejects null. */
  public OperationPorts {
    requireNonNull(reader, "reader");
    requireNonNull(archive, "archive");
    requireNonNull(orders, "orders");
    requireNonNull(queue, "queue");
    requireNonNull(deadLetters, "deadLetters");
  }
}
