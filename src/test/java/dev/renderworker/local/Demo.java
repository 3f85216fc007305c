package dev.renderworker.local;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/** The main job, shown: the real daemon as a process of its own, and the embedded AWS. */
public final class Demo {
  private static final Path LOG = Path.of("target", "demo-worker.log");
  private static final Path REQUESTS =
      Path.of("src", "test", "resources", "demo", "requests.jsonl");
  private static final String MALFORMED =
      "{\"composition\": \"hello\", \"compostion\": 1, \"crf\": \"high\"}";

  /** How each job has to end; the malformed message has no id of its own. */
  private static final Map<String, String> EXPECTED =
      Map.of(
          "year-in-review", "SUCCEEDED",
          "product-teaser", "SUCCEEDED",
          "podcast-episode-12", "SUCCEEDED",
          "order-4711", "SUCCEEDED",
          "thumbnail", "SUCCEEDED",
          "typo-in-composition", "FAILED",
          "shaky-network", "SUCCEEDED");

  private static final int EXPECTED_DEAD_LETTERS = 2;

  private final LocalAws aws;
  private final Map<String, String> environment;
  private boolean good = true;

  private Demo(LocalAws aws) throws IOException {
    this.aws = aws;
    this.environment = new HashMap<>(aws.environment());
    environment.putAll(
        Map.of(
            "RECEIVE_WAIT_SECONDS", "5",
            "RETRY_BACKOFF_SECONDS", "2",
            "RETRY_BACKOFF_MAX_SECONDS", "4",
            "PORT", Integer.toString(freePort()),
            "API_USERNAME", "demo",
            "API_PASSWORD", "demo-password",
            "REMOTION_DEFAULT_COMPOSITION", "hello"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Exit code 0 only if every job ended as it should. */
  public static void main(String[] args) throws Exception {
    boolean keep = List.of(args).contains("--keep");
    QuietLogs.set();
    say("Starting SQS, DynamoDB, STS, Lambda, S3 and an instance's metadata service on loopback …");
    try (LocalAws aws = LocalAws.start()) {
      System.exit(new Demo(aws).run(keep) ? 0 : 1);
    }
  }

  private boolean run(boolean keep) throws IOException, InterruptedException {
    try (WorkerProcess worker = WorkerProcess.start(environment, LOG)) {
      // Whoever ends this by its process id, not by Ctrl-C in a terminal, leaves no daemon behind.
      Runtime.getRuntime().addShutdownHook(new Thread(worker::terminate));
      say("Started the daemon as process %d; it logs to %s", worker.pid(), LOG);
      aws.sqs().sendMessage(send -> send.queueUrl(aws.queueUrl()).messageBody(MALFORMED));
      say("Sent a malformed message by hand: %s", MALFORMED);
      command("enqueue", "--wait", REQUESTS.toString());
      command("jobs");
      checkDeadLetters();
      checkJobs();
      if (keep && good) {
        stayUp();
      } else {
        worker.terminate();
        worker.waitFor(Duration.ofSeconds(20));
        say("%nGo on with: scripts/demo --keep (stays up), or scripts/local-aws and README.md");
      }
      return good;
    }
  }

  /** Runs a command of the real jar, as a user would. */
  private void command(String... arguments) throws IOException, InterruptedException {
    say("%n$ render-worker %s", String.join(" ", arguments));
    WorkerProcess.builder(environment, List.of(arguments)).inheritIO().start().waitFor();
  }

  private void checkDeadLetters() {
    say("%nDead letters, with the reason as message attributes:");
    List<Message> letters = new ArrayList<>();
    List<Message> batch;
    do {
      batch =
          aws.sqs()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(aws.deadLetterQueueUrl())
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(1)
                          .waitTimeSeconds(letters.size() < EXPECTED_DEAD_LETTERS ? 5 : 0)
                          .messageAttributeNames("All"))
              .messages();
      letters.addAll(batch);
    } while (!batch.isEmpty() && letters.size() < EXPECTED_DEAD_LETTERS);
    letters.forEach(
        letter ->
            say("  %s  %s", attribute(letter, "errorCode"), attribute(letter, "errorMessage")));
    expect("dead letters", EXPECTED_DEAD_LETTERS, letters.size());
  }

  private static String attribute(Message letter, String name) {
    return letter.messageAttributes().get(name).stringValue();
  }

  private void checkJobs() {
    EXPECTED.forEach((job, status) -> expect("job " + job, status, status(job)));
    Map<String, Integer> starts = aws.renders().startsByJob();
    expect("starts of the duplicated job", 1, starts.get("order-4711"));
    expect("starts of the job that failed once", 2, starts.get("shaky-network"));
  }

  private String status(String jobId) {
    return aws.job(jobId).getOrDefault("status", AttributeValue.fromS("no record")).s();
  }

  private void expect(String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      good = false;
      say("WRONG: %s: %s, not %s", what, actual, expected);
    }
  }

  private void stayUp() throws IOException, InterruptedException {
    say("%nStill up; Ctrl-C ends it. Look around, with these in the environment:");
    StringBuilder exports = new StringBuilder();
    environment.forEach((name, value) -> exports.append(name + "=" + value + "\n"));
    Path file = Path.of("target", "demo.env");
    Files.writeString(file, exports.toString());
    say(
        "  set -a; . %s; set +a; export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1",
        file);
    say("  scripts/render-worker jobs");
    String page = "http://127.0.0.1:" + environment.get("PORT") + "/";
    say(
        "The job page: %s (user %s, password %s)",
        page, environment.get("API_USERNAME"), environment.get("API_PASSWORD"));
    say("  curl -u demo:demo-password -X POST %srender", page);
    say(
        "  aws sqs send-message --endpoint-url %s --queue-url %s --message-body '%s'",
        environment.get("AWS_ENDPOINT_URL_SQS"), aws.queueUrl(), "{\"composition\":\"hello\"}");
    say(
        "  aws dynamodb scan --endpoint-url %s --table-name %s",
        environment.get("AWS_ENDPOINT_URL_DYNAMODB"), environment.get("JOBS_TABLE"));
    new CountDownLatch(1).await();
  }

  @FormatMethod
  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
