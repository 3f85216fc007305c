package dev.renderworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the file that hosts get as their settings against the settings. */
class EnvExampleTest {
  private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^(#?)([A-Z][A-Z0-9_]*)=(.*)$");

  private final String file = Files.readString(Path.of("systemd/render-worker.env.example"));
  private final Map<String, String> values = new LinkedHashMap<>();

  EnvExampleTest() throws IOException {
    ASSIGNMENT
        .matcher(file)
        .results()
        .forEach(
            line -> {
              assertEquals("#", line.group(1), line.group() + " is in force, unasked");
              assertEquals(null, values.put(line.group(2), line.group(3)), line.group());
            });
  }

  @Test
  void hasEveryVariableAndNoOther() {
    Set<String> ours =
        Stream.of(Variable.values())
            .map(Variable::name)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(ours, new TreeSet<>(values.keySet()));
  }

  @ParameterizedTest
  @EnumSource(Variable.class)
  void showsTheDefaultOrElseAnExampleThatIsAllowed(Variable variable) {
    String value = values.getOrDefault(variable.name(), "");

    variable.fallback().ifPresent(fallback -> assertEquals(fallback, value));
    assertTrue(value.isEmpty() ? !variable.required() : variable.accepts(value), value);
  }
}
