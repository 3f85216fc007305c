package dev.renderworker.cli;

import static java.util.Objects.requireNonNull;

import dev.renderworker.worker.StopSignal;
import java.io.InputStream;
import java.util.Map;

/**
 * What a command runs in; a test has its own.
 *
 * @param environment names and values of all environment variables
 * @param interactive whether a person looks at standard output and can be asked
 * @param in standard input
 * @param stop comes when someone ends the program
 */
record Surroundings(
    Map<String, String> environment, boolean interactive, InputStream in, StopSignal stop) {
  Surroundings {
    requireNonNull(environment, "environment");
    requireNonNull(in, "in");
    requireNonNull(stop, "stop");
  }

  static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), Terminal.isInteractive(), System.in, new StopSignal());
  }

  /** Whether to colour what is shown: on a terminal that can, by the rule of no-color.org. */
  boolean colour() {
    return interactive
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
