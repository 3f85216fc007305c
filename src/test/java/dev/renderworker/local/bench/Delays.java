package dev.renderworker.local.bench;

import java.util.Arrays;
import java.util.List;

/** A distribution of delays. */
record Delays(long[] sortedMillis) {

  static Delays of(List<Long> millis) {
    long[] sorted = millis.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Delays(sorted);
  }

  private long part(double part) {
    return sortedMillis.length == 0
        ? -1
        : sortedMillis[
            (int) Math.min(sortedMillis.length - 1L, Math.floor(part * sortedMillis.length))];
  }

  @Override
  public String toString() {
    return "p50 %d, p95 %d, p99 %d".formatted(part(0.5), part(0.95), part(0.99));
  }
}
