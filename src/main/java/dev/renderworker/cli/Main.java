package dev.renderworker.cli;

import picocli.CommandLine;

/** The program's entry point. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine program =
        new CommandLine(new RenderWorkerCommand())
            .setExecutionExceptionHandler(new Failures())
            .setUsageHelpWidth(100)
            .setCaseInsensitiveEnumValuesAllowed(true);
    // A % would be read as a format.
    String settings = SettingsTable.help().replace("%", "%%");
    program
        .getSubcommands()
        .get("run")
        .getCommandSpec()
        .usageMessage()
        .footer(
            ("\nExample: render-worker run\n\nSettings, all from the environment:\n" + settings)
                .split("\\R", -1));
    return program;
  }
}
