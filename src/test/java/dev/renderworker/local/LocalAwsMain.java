package dev.renderworker.local;

import dev.renderworker.local.remotion.RenderDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the embedded AWS as a program of its own, until it is told to end. */
@Command(
    name = "local-aws",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Plays AWS on loopback, with queue, tables, role, function and bucket in place.")
public final class LocalAwsMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "SERVICE=PORT",
      description = "A fixed port for sqs, dynamodb, sts, lambda, s3, imds or control.")
  private Map<String, Integer> ports = new TreeMap<>();

  @Option(
      names = "--render-seconds",
      paramLabel = "N",
      description = "How long a render takes (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private double renderSeconds;

  @Option(
      names = "--max-receive-count",
      paramLabel = "N",
      description = "Receives before SQS moves a message (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int maxReceiveCount;

  @Option(names = "--fifo", description = "Make FIFO queues.")
  private boolean fifo;

  @Option(
      names = "--real",
      description =
          "Render with the function that Remotion publishes (see scripts/remotion-local).")
  private boolean real;

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Also write the worker's environment there, as KEY=VALUE lines.")
  private Path envFile;

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LocalAwsMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    QuietLogs.set();
    LocalAwsOptions options = options();
    LocalAws aws = LocalAws.start(options);
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      aws.close();
                      stop.countDown();
                    }));
    if (real) {
      aws.useRealFunction();
    }
    if (envFile != null) {
      writeEnvironment(aws);
    }
    System.out.print(Introduction.of(aws));
    System.out.flush();
    stop.await();
    return 0;
  }

  private LocalAwsOptions options() {
    Map<LocalService, Integer> fixed =
        ports.entrySet().stream()
            .collect(Collectors.toMap(entry -> service(entry.getKey()), Map.Entry::getValue));
    Duration renderTime = Duration.ofMillis(Math.round(renderSeconds * 1000));
    LocalAwsOptions options =
        LocalAwsOptions.STANDARD
            .renders(RenderDefaults.STANDARD.renderTime(renderTime))
            .maxReceiveCount(maxReceiveCount)
            .ports(fixed);
    return fifo ? options.withFifoQueues() : options;
  }

  private LocalService service(String label) {
    return Arrays.stream(LocalService.values())
        .filter(service -> service.label().equals(label.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> new ParameterException(spec.commandLine(), "--port: no service " + label));
  }

  private void writeEnvironment(LocalAws aws) throws IOException {
    String lines =
        new TreeMap<>(aws.environment())
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    // In one step, so that a script that waits for the file never reads half of it.
    Path whole = envFile.resolveSibling(envFile.getFileName() + ".new");
    Files.writeString(whole, lines);
    Files.move(whole, envFile, StandardCopyOption.ATOMIC_MOVE);
  }
}
