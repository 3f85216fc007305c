package dev.renderworker.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something is destroyed. */
final class Confirmation {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Needed where nobody can be asked.")
  private boolean yes;

  /** Whether to go on. */
  boolean given(Surroundings surroundings, PrintWriter err, String question) throws IOException {
    if (yes) {
      return true;
    }
    if (!surroundings.interactive()) {
      err.println("render-worker: " + question + " Nobody to ask here: add --yes to go on.");
      err.flush();
      return false;
    }
    err.print(question + " [y/N] ");
    err.flush();
    var in = new BufferedReader(new InputStreamReader(surroundings.in(), Charset.defaultCharset()));
    String answer = in.readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }
}
