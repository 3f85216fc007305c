package dev.renderworker.local.wire;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation of each service was called, refused calls included. */
public final class CallCounts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String service, String operation) {
    counts.computeIfAbsent(service + '.' + operation, _ -> new LongAdder()).increment();
  }

  /** The calls of one operation, such as {@code ("sqs", "ReceiveMessage")}. */
  public long of(String service, String operation) {
    LongAdder count = counts.get(service + '.' + operation);
    return count == null ? 0 : count.sum();
  }

  /** Every count, by {@code service.Operation}. */
  public Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((name, count) -> all.put(name, count.sum()));
    return all;
  }

  /** Begins again at nothing. */
  public void reset() {
    counts.clear();
  }
}
