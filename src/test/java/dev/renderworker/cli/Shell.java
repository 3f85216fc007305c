package dev.renderworker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.worker.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs commands in this JVM, as a person or a script would. */
final class Shell {
  private final Map<String, String> environment;
  private final boolean interactive;
  private final StopSignal stop = new StopSignal();

  private Shell(Map<String, String> environment, boolean interactive) {
    this.environment = environment;
    this.interactive = interactive;
  }

  /** What a command left. */
  record Result(int exitCode, String out, String err) {
    /** The output as JSON, a value a line. */
    List<JsonNode> json() {
      return out.lines().map(JsonMapper.shared()::readTree).toList();
    }
  }

  /** Where nobody can be asked. */
  static Shell script(Map<String, String> environment) {
    return new Shell(environment, false);
  }

  /** At a terminal. */
  static Shell terminal(Map<String, String> environment) {
    return new Shell(environment, true);
  }

  /** The same with another value of a variable. */
  Shell with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new Shell(changed, interactive);
  }

  /** Ends what runs, as Ctrl-C does. */
  void interrupt() {
    stop.stop();
  }

  Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  Result runWithInput(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    var in = new ByteArrayInputStream(input.getBytes(UTF_8));
    int exitCode =
        Main.commandLine(
                new RenderWorkerCommand(new Surroundings(environment, interactive, in, stop)))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }
}
