package dev.renderworker.local.bench;

import dev.renderworker.local.LocalAwsMain;
import dev.renderworker.worker.StopSignal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The embedded AWS as a process of its own, so that its work is not counted as the worker's. */
final class BenchAws implements AutoCloseable {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Process process;
  private final int controlPort;
  private final Map<String, String> environment;
  private final HttpClient http = HttpClient.newHttpClient();

  private BenchAws(Process process, int controlPort, Map<String, String> environment) {
    this.process = process;
    this.controlPort = controlPort;
    this.environment = environment;
  }

  static BenchAws start(double renderSeconds) throws IOException, InterruptedException {
    Path envFile = Path.of("target", "bench.env");
    Files.deleteIfExists(envFile);
    int controlPort = freePort();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LocalAwsMain.class.getName(),
            "--render-seconds",
            Double.toString(renderSeconds),
            "--max-receive-count",
            "1000",
            "--port",
            "control=" + controlPort,
            "--env-file",
            envFile.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "bench-aws.log").toFile())
            .start();
    return new BenchAws(process, controlPort, read(envFile, process));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> read(Path envFile, Process process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(envFile)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("the embedded AWS did not start: see target/bench-aws.log");
      }
      NEVER.await(LOOK);
    }
    Map<String, String> environment = new HashMap<>();
    for (String line : Files.readAllLines(envFile)) {
      environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    return environment;
  }

  Map<String, String> environment() {
    return environment;
  }

  SqsClient sqs() {
    return SqsClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(anyone())
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_SQS")))
        .build();
  }

  DynamoDbClient dynamoDb() {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(anyone())
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")))
        .build();
  }

  /** SQS and DynamoDB Local don't check. */
  private static StaticCredentialsProvider anyone() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  /** Calls so far by {@code service.Operation}. */
  JsonNode counts() throws IOException, InterruptedException {
    return call("GET", "/counts");
  }

  void resetCounts() throws IOException, InterruptedException {
    call("DELETE", "/counts");
  }

  private JsonNode call(String method, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + controlPort + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return JsonMapper.shared().readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
  }
}
