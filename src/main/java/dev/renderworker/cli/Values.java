package dev.renderworker.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of our variables, each of an allowed form: as set, else the default. */
final class Values {
  private final Map<Variable, String> values;

  private Values(Map<Variable, String> values) {
    this.values = values;
  }

  /**
   * Picks ours from the environment.
   *
   * @param needed what has to be there
   * @param mistakes takes what is wrong; a variable with a mistake has no value afterwards
   */
  static Values of(Map<String, String> environment, Set<Variable> needed, List<String> mistakes) {
    Map<Variable, String> values = new EnumMap<>(Variable.class);
    for (Variable variable : Variable.values()) {
      String value = environment.getOrDefault(variable.name(), "").strip();
      if (value.isEmpty()) {
        variable.fallback().ifPresent(fallback -> values.put(variable, fallback));
        if (needed.contains(variable)) {
          mistakes.add(variable + " is missing; allowed: " + variable.allowed());
        }
      } else if (variable.accepts(value)) {
        values.put(variable, value);
      } else {
        mistakes.add(variable + shown(variable, value) + "; allowed: " + variable.allowed());
      }
    }
    return new Values(values);
  }

  private static String shown(Variable variable, String value) {
    return variable.showable() ? " is \"" + value + "\"" : " has a value that is not shown";
  }

  /** Empty where it is optional and not set, and where it has a mistake. */
  Optional<String> find(Variable variable) {
    return Optional.ofNullable(values.get(variable));
  }

  String text(Variable variable) {
    return find(variable).orElseThrow();
  }

  /** Empty where nothing is set. */
  Set<String> list(Variable variable) {
    return find(variable)
        .map(text -> Set.copyOf(List.of(text.split("\\s*,\\s*", -1))))
        .orElse(Set.of());
  }

  int number(Variable variable) {
    return Integer.parseInt(text(variable));
  }

  boolean flag(Variable variable) {
    return Boolean.parseBoolean(text(variable));
  }

  Duration seconds(Variable variable) {
    return Duration.ofSeconds(number(variable));
  }

  Duration millis(Variable variable) {
    return Duration.ofMillis(number(variable));
  }
}
