package dev.renderworker.cli;

import dev.renderworker.message.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds variables that look like ours and are not, so that a slip in a name does not silently give
 * the default.
 */
final class Misspelling {
  private static final int MAX_EDITS = 2;

  /** With these prefixes a name says itself that it means us. */
  private static final List<String> OUR_PREFIXES = List.of("REMOTION_", "RENDER_WORKER_");

  /** Read by Remotion's own client and command line, and so found beside ours. */
  private static final List<String> REMOTIONS_PREFIXES =
      List.of(
          "REMOTION_APP_",
          "REMOTION_AWS_",
          "REMOTION_LICENSE_",
          "REMOTION_DISABLE_",
          "REMOTION_SKIP_");

  /** Read by the start script. */
  private static final String OF_THE_SCRIPT = "RENDER_WORKER_JAR";

  private static final List<String> OURS =
      Arrays.stream(Variable.values()).map(Variable::name).toList();

  /** What is near to a short name is seldom meant: HOST is no slip for PORT. */
  private static final List<String> LONG_ENOUGH =
      OURS.stream().filter(name -> name.length() > 3 * MAX_EDITS).toList();

  private Misspelling() {}

  /** One line for each, in alphabetical order. */
  static List<String> mistakes(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(entry -> !entry.getValue().isBlank())
        .map(Map.Entry::getKey)
        .filter(name -> !OURS.contains(name) && !name.equals(OF_THE_SCRIPT))
        .filter(name -> REMOTIONS_PREFIXES.stream().noneMatch(name::startsWith))
        .sorted()
        .flatMap(Misspelling::mistake)
        .toList();
  }

  private static Stream<String> mistake(String name) {
    Optional<String> meant = NearestName.of(name, LONG_ENOUGH, MAX_EDITS);
    boolean ours = OUR_PREFIXES.stream().anyMatch(name::startsWith);
    return ours || meant.isPresent()
        ? Stream.of(
            name
                + " is no variable of Render Worker"
                + meant.map(known -> "; did you mean " + known + "?").orElse(""))
        : Stream.empty();
  }
}
