package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

/** Everything outside that a worker works with. */
public record Ports(
    MessageReader reader,
    RenderQueue queue,
    Records records,
    Renderer renderer,
    Audience audience) {
  /** Rejects null. */
  public Ports {
    requireNonNull(reader, "reader");
    requireNonNull(queue, "queue");
    requireNonNull(records, "records");
    requireNonNull(renderer, "renderer");
    requireNonNull(audience, "audience");
  }

  JobLedger ledger() {
    return records.ledger();
  }

  WorkerRegistry registry() {
    return records.registry();
  }
}
