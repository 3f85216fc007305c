package dev.renderworker.cli;

import dev.renderworker.worker.StopSignal;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the daemon. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Works on the queue until it is stopped (SIGTERM, Ctrl-C).",
    footer = {"", "Example: render-worker run"})
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--allow-no-dlq",
      description =
          "Run even if the queue has no dead-letter queue; what can't be rendered is then only in"
              + " the job table.")
  private boolean allowNoDlq;

  @Override
  public Integer call() {
    Settings settings = Settings.parse(System.getenv());
    new Logging().forDaemon(settings.log());
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, ended), "stop"));
    try {
      new Daemon(settings, allowNoDlq).run(stop);
    } finally {
      ended.countDown();
    }
    return ExitCode.DONE;
  }

  /**
   * Runs when a signal ends the JVM. Halting with 0 at the end of an orderly stop spares systemd
   * the JVM's 143.
   */
  private static void stopAndWait(StopSignal stop, CountDownLatch ended) {
    if (ended.getCount() == 0) {
      return;
    }
    stop.stop();
    try {
      ended.await();
      Runtime.getRuntime().halt(ExitCode.DONE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
