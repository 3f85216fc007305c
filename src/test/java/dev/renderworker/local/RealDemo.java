package dev.renderworker.local;

import com.google.errorprone.annotations.FormatMethod;
import dev.renderworker.local.remotion.RealFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A few jobs, rendered in earnest: the real daemon and the real function, and the files they made.
 */
public final class RealDemo {
  private static final Path LOG = Path.of("target", "demo-worker.log");
  private static final Path OUTPUTS = Path.of("target", "demo-outputs");
  private static final Path REQUESTS =
      Path.of("src", "test", "resources", "demo", "real-requests.jsonl");
  private static final Map<String, String> EXPECTED =
      new TreeMap<>(
          Map.of(
              "year-in-review", "SUCCEEDED",
              "thumbnail", "SUCCEEDED",
              "title-missing", "FAILED"));

  private final LocalAws aws;
  private final RealFunction function;
  private final Map<String, String> environment;

  private RealDemo(LocalAws aws, RealFunction function) {
    this.aws = aws;
    this.function = function;
    this.environment = new HashMap<>(aws.environment());
    environment.put("RECEIVE_WAIT_SECONDS", "5");
  }

  /** Exit code 0 only if every job ended as it should. */
  public static void main(String[] args) throws Exception {
    QuietLogs.set();
    say("Starting AWS on loopback, and the function that Remotion publishes …");
    try (LocalAws aws = LocalAws.start()) {
      RealFunction function = aws.useRealFunction();
      System.exit(new RealDemo(aws, function).run() ? 0 : 1);
    }
  }

  private boolean run() throws IOException, InterruptedException {
    try (WorkerProcess worker = WorkerProcess.start(environment, LOG)) {
      say("Started the daemon as process %d; it logs to %s", worker.pid(), LOG);
      command("enqueue", "--wait", REQUESTS.toString());
      command("jobs");
      boolean good = true;
      for (Map.Entry<String, String> expected : EXPECTED.entrySet()) {
        good &= endedAs(expected.getKey(), expected.getValue());
      }
      worker.terminate();
      worker.waitFor(Duration.ofSeconds(20));
      return good;
    }
  }

  /** Runs a command of the real jar, as a user would. */
  private void command(String... arguments) throws IOException, InterruptedException {
    say("%n$ render-worker %s", String.join(" ", arguments));
    WorkerProcess.builder(environment, List.of(arguments)).inheritIO().start().waitFor();
  }

  private boolean endedAs(String job, String expected) throws IOException, InterruptedException {
    Map<String, AttributeValue> item = aws.job(job);
    String status = item.getOrDefault("status", AttributeValue.fromS("no record")).s();
    if (!status.equals(expected)) {
      say("WRONG: job %s: %s, not %s", job, status, expected);
      return false;
    }
    if (status.equals("SUCCEEDED")) {
      show(job, item.get("outputBucket").s(), item.get("outputKey").s());
    }
    return true;
  }

  /** Copies an output out of the bucket; what is in a video, Remotion's own ffprobe tells. */
  private void show(String job, String bucket, String key)
      throws IOException, InterruptedException {
    Path file = OUTPUTS.resolve(job + key.substring(key.lastIndexOf('.')));
    Files.createDirectories(OUTPUTS);
    Files.write(file, aws.store().find(bucket, key).orElseThrow().bytes());
    say("%n%s, %d bytes", file, Files.size(file));
    if (key.endsWith(".mp4")) {
      String shown = "stream=codec_name,width,height,nb_frames,duration";
      function
          .ffprobe("-v", "error", "-show_entries", shown, "-of", "compact", file.toString())
          .inheritIO()
          .start()
          .waitFor();
    }
  }

  @FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
