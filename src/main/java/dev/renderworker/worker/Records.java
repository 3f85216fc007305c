package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

/** What is written down: the jobs, and which workers live. */
public record Records(JobLedger ledger, WorkerRegistry registry) {
  /** Rejects null. */
  public Records {
    requireNonNull(ledger, "ledger");
    requireNonNull(registry, "registry");
  }
}
