package dev.renderworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTableTest {

  @Test
  void readmeHasTheTable() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String begin = "<!-- settings:begin (held against the code by a test) -->\n";

    assertEquals(
        SettingsTable.markdown(),
        readme.substring(
            readme.indexOf(begin) + begin.length(), readme.indexOf("<!-- settings:end -->")));
  }

  @ParameterizedTest
  @EnumSource(Variable.class)
  void helpNamesEveryVariableWithItsDefaultAndWhatIsAllowed(Variable variable) {
    String help = SettingsTable.help();

    assertTrue(help.contains("  " + variable + " ("), help);
    assertTrue(help.contains(variable.description()), help);
    assertTrue(help.contains(variable.allowed()), help);
    variable.fallback().ifPresent(text -> assertTrue(help.contains("default " + text), help));
  }

  @ParameterizedTest
  @EnumSource(Variable.class)
  void defaultIsAllowed(Variable variable) {
    assertEquals(
        variable.fallback().isPresent(), variable.fallback().filter(variable::accepts).isPresent());
  }
}
