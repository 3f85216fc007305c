package dev.renderworker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.local.LocalAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.sqs.model.Message;

/** Runs the README's snippets for producers, as they stand there, each where its tools are. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class SnippetsIT {
  private static final Path FOLDER = Path.of("target", "snippets");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

  private final LocalAws aws;
  private final Workplace place;

  SnippetsIT(LocalAws aws) throws IOException {
    this.aws = aws;
    place = Workplace.standard(aws);
    Files.createDirectories(FOLDER);
  }

  @ConcurrentTest
  void awsCliSends() throws Exception {
    needs("the AWS CLI", "aws", "--version");
    // The first version of the CLI takes no endpoint for SQS from the environment.
    String endpoint = aws.environment().get("AWS_ENDPOINT_URL_SQS");
    String command =
        "aws() { command aws --endpoint-url %s \"$@\"; }%n%s".formatted(endpoint, snippet("sh"));

    assertSends("invoice-2026-0042", "sh", "-c", command);
  }

  @ConcurrentTest
  void javaScriptSends() throws Exception {
    needs(
        "npm install --prefix target/snippets @aws-sdk/client-sqs",
        "node",
        "--input-type=module",
        "--eval",
        "import '@aws-sdk/client-sqs'");

    assertSends("invoice-2026-0043", "node", file("send.mjs", snippet("js")));
  }

  @ConcurrentTest
  void pythonSends() throws Exception {
    needs("Python with boto3", "python3", "-c", "import boto3");

    assertSends("invoice-2026-0044", "python3", file("send.py", snippet("python")));
  }

  @ConcurrentTest
  void javaSends() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    assertSends(
        "invoice-2026-0045",
        java,
        "-cp",
        System.getProperty("render-worker.jar"),
        file("Send.java", snippet("java")));
  }

  /** The first snippet of a language in the section for producers. */
  private static String snippet(String language) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String section = readme.substring(readme.indexOf("\n## Send a request\n"));
    Stream<String> found =
        BLOCK
            .matcher(section)
            .results()
            .filter(block -> block.group(1).equals(language))
            .map(block -> block.group(2));
    return found.findFirst().orElseThrow();
  }

  private static String file(String name, String content) throws IOException {
    Files.writeString(FOLDER.resolve(name), content);
    return name;
  }

  /** Skips the test where the command does not succeed. */
  private void needs(String what, String... command) throws InterruptedException {
    boolean there;
    try {
      there = start(command).waitFor() == 0;
    } catch (IOException _) {
      there = false;
    }
    assumeTrue(there, "not run for want of: " + what);
  }

  private void assertSends(String jobId, String... command) throws Exception {
    Process process = start(command);
    String said;
    try {
      said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), said);
    } finally {
      process.destroyForcibly();
    }
    List<Message> sent =
        aws.sqs().receiveMessage(receive -> receive.queueUrl(place.queueUrl())).messages();
    assertEquals(1, sent.size(), said);
    var parsed =
        assertInstanceOf(
            ParsedMessage.Valid.class, Session.contract().parse(sent.getFirst().body()));
    assertEquals(Optional.of(new JobId(jobId)), parsed.request().jobId());
  }

  /** With what a producer's environment has, and nothing of this machine's own for AWS. */
  private Process start(String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_CONFIG_FILE", "none");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "none");
    environment.putAll(place.environment(Map.of()));
    environment.put("AWS_DEFAULT_REGION", environment.get("AWS_REGION"));
    return builder.start();
  }
}
