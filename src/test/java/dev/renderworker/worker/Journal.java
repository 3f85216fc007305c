package dev.renderworker.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the fakes were asked to do, in order, and which of it they refuse. */
final class Journal {
  private final List<String> entries = new ArrayList<>();
  private final Map<String, Refusal> refusals = new HashMap<>();

  private record Refusal(int times, Supplier<RuntimeException> why) {}

  /** The next calls of that operation (such as "ledger failed") are refused as unavailable. */
  void refuse(String operation, int times) {
    refuse(operation, times, () -> new ServiceUnavailableException(operation + " refused", null));
  }

  void refuse(String operation, int times, RuntimeException why) {
    refuse(operation, times, () -> why);
  }

  private synchronized void refuse(String operation, int times, Supplier<RuntimeException> why) {
    refusals.put(operation, new Refusal(times, why));
  }

  /** Notes the call, or refuses it. */
  synchronized void note(String operation, Object subject) {
    Refusal refusal = refusals.get(operation);
    if (refusal != null && refusal.times() > 0) {
      refusals.put(operation, new Refusal(refusal.times() - 1, refusal.why()));
      entries.add(operation + " " + subject + " refused");
      throw refusal.why().get();
    }
    entries.add(operation + " " + subject);
  }

  synchronized List<String> entries() {
    return List.copyOf(entries);
  }

  /** The entries that begin with one of the words. */
  List<String> of(String... words) {
    return entries().stream()
        .filter(entry -> List.of(words).stream().anyMatch(entry::startsWith))
        .toList();
  }

  boolean has(String entry) {
    return entries().contains(entry);
  }

  long count(String entry) {
    return entries().stream().filter(entry::equals).count();
  }
}
