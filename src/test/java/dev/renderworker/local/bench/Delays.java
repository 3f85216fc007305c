package dev.renderworker.local.bench;

import java.util.List;

/** A distribution of delays, in milliseconds. */
record Delays(List<Long> sorted) {

  static Delays of(List<Long> millis) {
    return new Delays(millis.stream().sorted().toList());
  }

  private long percentile(int percent) {
    return sorted.isEmpty()
        ? -1
        : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  @Override
  public String toString() {
    return "p50 %d, p95 %d, p99 %d".formatted(percentile(50), percentile(95), percentile(99));
  }
}
