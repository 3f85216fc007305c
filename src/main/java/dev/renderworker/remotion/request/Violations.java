package dev.renderworker.remotion.request;

import dev.renderworker.job.Violation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request. */
final class Violations {
  private final List<Violation> found = new ArrayList<>();

  void add(String pointer, String reason) {
    found.add(new Violation(pointer, reason));
  }

  void addIf(boolean wrong, String pointer, String reason) {
    if (wrong) {
      add(pointer, reason);
    }
  }

  List<Violation> all() {
    return List.copyOf(found);
  }
}
