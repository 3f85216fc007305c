package dev.renderworker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a whole environment, so that all mistakes are shown at once. */
final class Environment {
  private Environment() {}

  /**
   * Our variables' values.
   *
   * @param needed what has to be there
   * @throws MisconfiguredException listing every mistake
   */
  static Values check(Map<String, String> environment, Set<Variable> needed) {
    List<String> mistakes = new ArrayList<>();
    Values values = Values.of(environment, needed, mistakes);
    mistakes.addAll(Consistency.mistakes(values));
    mistakes.addAll(Misspelling.mistakes(environment));
    if (!mistakes.isEmpty()) {
      throw new MisconfiguredException(
          "the configuration is wrong:\n  " + String.join("\n  ", mistakes));
    }
    return values;
  }
}
