package dev.renderworker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program: says where everything is, stays up, ends when told. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LocalAwsMainIT {
  @TempDir private Path folder;

  @Test
  void programWritesTheEnvironmentStaysUpAndEndsOnSigterm() throws Exception {
    Path environment = folder.resolve("local.env");
    Process program = program("--env-file", environment.toString(), "--render-seconds", "1");
    try (BufferedReader output = program.inputReader(UTF_8)) {
      assertTrue(output.readLine().startsWith("The local AWS is up."));
      List<String> lines = Files.readAllLines(environment);
      assertEquals(14, lines.size());
      assertTrue(lines.contains("JOBS_TABLE=" + LocalNames.JOBS_TABLE), lines::toString);
      assertTrue(program.isAlive());
      program.destroy();
      assertTrue(program.waitFor(60, TimeUnit.SECONDS));
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void unknownServiceIsAnError() throws Exception {
    Process program = program("--port", "nope=1");
    assertTrue(program.waitFor(60, TimeUnit.SECONDS));
    assertEquals(2, program.exitValue());
  }

  private static Process program(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                LocalAwsMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
