package dev.renderworker.cli;

import dev.renderworker.worker.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The program's entry point. */
public final class Main {
  private static final int LONGEST_STOP_SECONDS = 5;

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Surroundings surroundings = Surroundings.ofProcess();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(surroundings.stop(), ended), "command-stop"));
    int exitCode = commandLine(new RenderWorkerCommand(surroundings)).execute(args);
    ended.countDown();
    System.exit(exitCode);
  }

  /** Ctrl-C lets a command put back what it has taken out of a queue. */
  private static void stop(StopSignal stop, CountDownLatch ended) {
    stop.stop();
    try {
      ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static CommandLine commandLine(RenderWorkerCommand command) {
    CommandLine program =
        new CommandLine(command)
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
