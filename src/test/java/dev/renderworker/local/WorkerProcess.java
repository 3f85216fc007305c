package dev.renderworker.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The real jar as a process of its own, by its own launcher, on the JVM that runs this one; ended
 * with this object.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final Path LAUNCHER = Path.of("scripts", "render-worker");

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the daemon.
   *
   * @param environment all that it sees of the environment, beside PATH and HOME
   * @param log where its output goes
   */
  public static WorkerProcess start(
      Map<String, String> environment, Path log, String... arguments) {
    List<String> command = new ArrayList<>(List.of("run"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = builder(environment, command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command of the jar, not yet started. */
  public static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(LAUNCHER.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder.environment().put("RENDER_WORKER_JAR", jar().toString());
    builder.environment().putAll(environment);
    return builder;
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty("render-worker.jar", "target/render-worker.jar"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: build it with mvn package");
    }
    return jar.toAbsolutePath();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    waitFor(Duration.ofSeconds(10));
  }

  /** Sends any other signal, by name, such as STOP or CONT. */
  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the end.
   *
   * @return the exit code
   * @throws IllegalStateException when it does not end in time
   */
  public int waitFor(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the worker did not end within " + limit);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
