package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

/** Everything outside that a worker works with. */
public record Ports(
    MessageReader reader,
    RenderQueue queue,
    JobLedger ledger,
    WorkerRegistry registry,
    Renderer renderer) {
  /** Rejects null. */
  public Ports {
    requireNonNull(reader, "reader");
    requireNonNull(queue, "queue");
    requireNonNull(ledger, "ledger");
    requireNonNull(registry, "registry");
    requireNonNull(renderer, "renderer");
  }
}
