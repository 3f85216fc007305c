package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of the whole daemon. */
@Timeout(120)
@ExtendWith(SharedAws.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpIT {
  private final Workplace place;
  private final Map<String, String> environment;
  private final RunningWorker worker;
  private final HttpClient client = HttpClient.newHttpClient();

  HttpIT(LocalAws aws) throws IOException {
    place = Workplace.standard(aws);
    environment =
        place.environment(
            Map.of(
                "PORT", freePort(),
                "API_USERNAME", "operator",
                "API_PASSWORD", "correct horse",
                "REMOTION_DEFAULT_COMPOSITION", "hello"));
    worker = RunningWorker.start(environment);
    Eventually.holds("ready", () -> isReady());
  }

  @AfterAll
  void stop() {
    client.close();
    worker.close();
  }

  private static String freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private boolean isReady() {
    try {
      return send(request("/health/ready").GET()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    String credentials =
        Base64.getEncoder().encodeToString("operator:correct horse".getBytes(UTF_8));
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + environment.get("PORT") + path))
        .header("Authorization", "Basic " + credentials);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private HttpResponse<String> post(String path, String body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  @Test
  void theGuidesCallIsAnsweredWithTheRenderThatHasStarted() throws IOException {
    HttpResponse<String> answer =
        send(request("/render?wait=60").POST(HttpRequest.BodyPublishers.noBody()));

    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode started = json(answer);
    assertTrue(started.path("renderId").isString(), answer.body());
    assertTrue(started.path("bucketName").isString(), answer.body());
    String jobId = started.path("jobId").asString();
    assertEquals(
        started.path("renderId").asString(), place.awaitJob(jobId, "SUCCEEDED").text("renderId"));
  }

  @Test
  void jobIsListedShownAndCancelled() throws IOException {
    String id = newJobId();
    assertEquals(200, post("/render?wait=60", video(id, 60)).statusCode());

    assertTrue(send(request("/jobs?status=RENDERING").GET()).body().contains(id));
    assertTrue(
        json(send(request("/jobs/" + id).GET()))
            .at("/mainLogsUrl")
            .asString()
            .startsWith("https://"));
    assertEquals(202, post("/jobs/" + id + "/cancel", "").statusCode());
    place.awaitJob(id, "CANCELLED");
    assertEquals(409, post("/jobs/" + id + "/cancel", "").statusCode());
  }

  @Test
  void metricsAndPageAreThere() throws IOException {
    assertTrue(send(request("/metrics").GET()).body().contains("# HELP"));
    assertTrue(send(request("/").GET()).body().contains("<title>Render Worker</title>"));
  }

  @Test
  void portThatIsInUseIsNoFaultOfTheConfiguration() {
    var second = new Daemon(Settings.parse(environment), false);

    assertThrows(ServiceUnavailableException.class, () -> second.run(new StopSignal()));
  }
}
