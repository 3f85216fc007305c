package dev.renderworker.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a command says what it did: in words, or to a script. */
final class Report {
  @Option(
      names = "--json",
      description = "One JSON object a line, with what was done as its outcome.")
  private boolean json;

  boolean json() {
    return json;
  }

  /**
   * Says what was done.
   *
   * @param outcome what was done, as one word for scripts
   * @param about to what, or to how many, for scripts
   * @return the exit code
   */
  int done(PrintWriter out, String words, String outcome, Map<String, ?> about) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>(about);
      fields.put("outcome", outcome);
      out.println(Json.line(fields));
    } else {
      out.println(words);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
