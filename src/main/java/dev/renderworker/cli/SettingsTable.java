package dev.renderworker.cli;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes the table of the variables for people. */
final class SettingsTable {
  private SettingsTable() {}

  /** For {@code --help}: a line that names the variable, and one that explains it. */
  static String help() {
    return Arrays.stream(Variable.values())
        .map(
            variable ->
                "  %s (%s)%n      %s%n      Allowed: %s.%n"
                    .formatted(
                        variable, presence(variable), variable.description(), variable.allowed()))
        .collect(Collectors.joining());
  }

  /** For the README. */
  static String markdown() {
    return "| variable | default | meaning | allowed |\n|---|---|---|---|\n"
        + Arrays.stream(Variable.values())
            .map(
                variable ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            variable,
                            variable
                                .fallback()
                                .map(text -> "`" + text + "`")
                                .orElse(presence(variable)),
                            variable.description(),
                            variable.allowed()))
            .collect(Collectors.joining());
  }

  private static String presence(Variable variable) {
    return variable
        .fallback()
        .map(text -> "default " + text)
        .orElse(variable.required() ? "required" : "optional");
  }
}
