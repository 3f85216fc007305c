package dev.renderworker.local.remotion;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import dev.renderworker.local.identity.Session;
import dev.renderworker.local.lambda.FunctionConfiguration;
import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.lambda.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The render function as Remotion publishes it, in processes of {@code scripts/remotion-local}; its
 * objects are in the S3 that it is given. Needs what that script needs: Linux, Node.js, Chromium,
 * and npm's registry at the first start.
 */
public final class RealFunction implements LambdaFunction, AutoCloseable {
  private static final Path SCRIPT = Path.of("scripts/remotion-local");

  private final FunctionConfiguration configuration;
  private final Process host;
  private final Address address;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * What the script says when it is ready.
   *
   * @param endpoint of Lambda's Invoke
   * @param serveUrl a site with the compositions hello, strict, slow, throws and stuck
   * @param binaries the folder of Remotion's ffprobe and its libraries
   */
  private record Address(URI endpoint, String serveUrl, Path binaries) {}

  private RealFunction(FunctionConfiguration configuration, Process host, Address address) {
    this.configuration = configuration;
    this.host = host;
    this.address = address;
  }

  /**
   * Starts the script and waits until it is ready: some seconds, at its first start a minute. What
   * it does and what it lacks goes to this program's error output.
   *
   * @param s3 where the function's buckets are
   * @param role in which it works there
   */
  public static RealFunction start(FunctionConfiguration configuration, URI s3, Session role)
      throws IOException {
    ProcessBuilder script =
        new ProcessBuilder(SCRIPT.toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    script
        .environment()
        .putAll(
            Map.of(
                "AWS_REGION", configuration.region(),
                "AWS_ENDPOINT_URL_S3", s3.toString(),
                "AWS_ACCESS_KEY_ID", role.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", role.secretAccessKey(),
                "AWS_SESSION_TOKEN", role.token()));
    Process host = script.start();
    String line = host.inputReader().readLine();
    if (line == null) {
      throw new IOException(SCRIPT + " could not start; its error output says why");
    }
    JsonNode ready = JsonMapper.shared().readTree(line);
    Address address =
        new Address(
            URI.create(ready.path("endpoint").stringValue()),
            ready.path("serveUrl").stringValue(),
            Path.of(ready.path("binaries").stringValue()));
    return new RealFunction(configuration, host, address);
  }

  /** The URL of its site, with the compositions hello, strict, slow, throws and stuck. */
  public String serveUrl() {
    return address.serveUrl();
  }

  /** Remotion's own ffprobe with these arguments, not yet started. */
  public ProcessBuilder ffprobe(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst(address.binaries().resolve("ffprobe").toString());
    ProcessBuilder ffprobe = new ProcessBuilder(command);
    ffprobe.environment().put("LD_LIBRARY_PATH", address.binaries().toString());
    return ffprobe;
  }

  @Override
  public FunctionConfiguration configuration() {
    return configuration;
  }

  @Override
  public FunctionOutcome invoke(JsonNode payload) throws InterruptedException {
    String path = "/2015-03-31/functions/%s/invocations".formatted(configuration.name());
    HttpRequest request =
        HttpRequest.newBuilder(address.endpoint().resolve(path))
            .POST(BodyPublishers.ofString(payload.toString()))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.headers().firstValue("X-Amz-Function-Error").isPresent()
          ? new FunctionOutcome.Unhandled(answer.body())
          : new FunctionOutcome.Returned(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(SCRIPT + " is gone", e);
    }
  }

  /** Ends the script and every process of the function. */
  @Override
  public void close() {
    host.destroy();
    client.close();
  }
}
