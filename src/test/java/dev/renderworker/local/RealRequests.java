package dev.renderworker.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.FormatMethod;
import dev.renderworker.local.remotion.RealFunction;
import dev.renderworker.worker.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every kind of request through queue, worker and the real function, and whether its job ends as it
 * should: {@code scripts/test-main dev.renderworker.local.RealRequests [PATTERN]}, where the
 * pattern chooses jobs by their id. Takes some minutes, and what {@link RealFunction} needs.
 */
public final class RealRequests {
  private static final Path LOG = Path.of("target", "real-requests-worker.log");
  private static final Path OUTPUTS = Path.of("target", "real-requests");
  private static final Path CASES = Path.of("src", "test", "resources", "real", "requests.jsonl");

  /** Ends with the number of packets, which depends on how the chunks were cut. */
  private static final Pattern AUDIO = Pattern.compile("^(\\S+ \\d{4,6}) \\d+$");

  private static final Pattern REPEATED = Pattern.compile("<(\\\\?.)\\*(\\d+)>");

  /** Above it props of a still travel through the bucket. */
  private static final int LARGEST_INLINE = 5_000_000;

  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final Duration LOOK = Duration.ofMillis(200);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final LocalAws aws;
  private final RealFunction function;

  private RealRequests(LocalAws aws, RealFunction function) {
    this.aws = aws;
    this.function = function;
  }

  /**
   * A request and its end.
   *
   * @param ends the status, for a failure with the error code behind it
   * @param output what its output is, as {@link #probe} tells it; empty when there is none
   */
  private record Case(ObjectNode request, String ends, String output) {
    static Case of(JsonNode line) {
      return new Case(
          (ObjectNode) line.path("request"),
          line.path("ends").asString("SUCCEEDED"),
          line.path("output").asString(""));
    }

    String jobId() {
      return request.path("jobId").stringValue();
    }
  }

  /** Exit code 0 only if every job ended as it should. */
  public static void main(String[] args) throws Exception {
    QuietLogs.set();
    String pattern = args.length == 0 ? ".*" : args[0];
    List<Case> cases =
        Files.readAllLines(CASES).stream()
            .map(line -> Case.of(JSON.readTree(written(line))))
            .filter(one -> one.jobId().matches(pattern))
            .toList();
    try (LocalAws aws = LocalAws.start()) {
      System.exit(new RealRequests(aws, aws.useRealFunction()).run(cases) ? 0 : 1);
    }
  }

  /** Texts that are too long for the file, as {@code <x*200000>}, written out. */
  private static String written(String line) {
    return REPEATED
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
  }

  private boolean run(List<Case> cases) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.putAll(
        Map.of(
            "RECEIVE_WAIT_SECONDS",
            "1",
            "MAX_ATTEMPTS",
            "1",
            "MAX_CONCURRENT_RENDERS",
            "2",
            "INPUT_BUCKETS",
            LocalNames.BUCKET));
    aws.s3()
        .putObject(
            put -> put.bucket(LocalNames.BUCKET).key("input/large.json"),
            RequestBody.fromString(
                "{\"title\":\"large\",\"t\":\"%s\"}".formatted("x".repeat(LARGEST_INLINE))));
    Files.createDirectories(OUTPUTS);
    try (WorkerProcess worker = WorkerProcess.start(environment, LOG)) {
      for (Case one : cases) {
        aws.sqs()
            .sendMessage(
                send -> send.queueUrl(aws.queueUrl()).messageBody(one.request().toString()));
      }
      int wrong = 0;
      for (Case one : cases) {
        wrong += endsWell(one) ? 0 : 1;
      }
      say("%d of %d jobs ended as they should", cases.size() - wrong, cases.size());
      worker.terminate();
      worker.waitFor(Duration.ofSeconds(30));
      return wrong == 0;
    }
  }

  private boolean endsWell(Case one) throws IOException, InterruptedException {
    Map<String, AttributeValue> record = ended(one.jobId());
    String status = text(record, "status");
    boolean succeeded = status.equals("SUCCEEDED");
    String ends = succeeded ? status : status + " " + text(record, "errorCode");
    String output = succeeded ? probe(record) : "";
    boolean well = ends.equals(one.ends()) && output.equals(one.output());
    say("%s %s: %s %s", well ? "ok   " : "WRONG", one.jobId(), ends, output);
    if (!well) {
      say("      should be: %s %s", one.ends(), one.output());
      say("      %s", text(record, "errorMessage"));
    }
    return well;
  }

  private Map<String, AttributeValue> ended(String jobId) {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (System.nanoTime() < deadline) {
      Map<String, AttributeValue> record = aws.job(jobId);
      if (record.containsKey("finishedAt")) {
        return record;
      }
      NEVER.await(LOOK);
    }
    return Map.of();
  }

  /** Each stream on its own: codec, size, pixels and packets, or codec and sample rate. */
  private String probe(Map<String, AttributeValue> record)
      throws IOException, InterruptedException {
    String key = text(record, "outputKey");
    byte[] bytes = aws.store().find(text(record, "outputBucket"), key).orElseThrow().bytes();
    String size = record.get("outputSizeInBytes").n();
    Path file = OUTPUTS.resolve(text(record, "jobId") + key.substring(key.lastIndexOf('.')));
    Files.write(file, bytes);
    if (!size.equals(Integer.toString(bytes.length))) {
      return "size %s on the record, %d in the bucket".formatted(size, bytes.length);
    }
    if (new String(bytes, 0, 4, UTF_8).equals("%PDF")) {
      return "pdf";
    }
    Process process =
        function
            .ffprobe(
                "-v",
                "error",
                "-count_packets",
                "-show_entries",
                "stream=codec_name,width,height,pix_fmt,sample_rate,nb_read_packets",
                "-of",
                "compact=print_section=0:nokey=1",
                file.toString())
            .redirectErrorStream(true)
            .start();
    List<String> streams =
        process
            .inputReader()
            .lines()
            .map(line -> AUDIO.matcher(line.replace('|', ' ').strip()).replaceFirst("$1"))
            .toList();
    process.waitFor();
    return String.join(", ", streams);
  }

  private static String text(Map<String, AttributeValue> record, String name) {
    return record.getOrDefault(name, AttributeValue.fromS("")).s();
  }

  @FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
