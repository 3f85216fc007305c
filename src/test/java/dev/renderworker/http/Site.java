package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.renderworker.job.WorkerId;
import dev.renderworker.message.MessageParser;
import dev.renderworker.operations.FakeJobs;
import dev.renderworker.operations.FakeQueues;
import dev.renderworker.operations.LostRule;
import dev.renderworker.operations.OperationPorts;
import dev.renderworker.operations.Operations;
import dev.renderworker.worker.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API on a free port of this machine, with everything behind it in memory. */
final class Site implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final String USER = "operator";
  static final String PASSWORD = "correct horse: battery";

  private final FakeJobs jobs = new FakeJobs();
  private final FakeQueues queues = new FakeQueues();
  private final HttpClient client = HttpClient.newHttpClient();
  private final InstantSource clock;
  private final HttpSettings settings;
  private final HttpPorts ports;
  private final ApiServer server;
  private volatile WorkerCondition condition =
      new WorkerCondition(new WorkerId("host-1-abc"), 2, 18, true, false, Optional.empty());

  Site() {
    this(Optional.of("hello"), () -> NOW);
  }

  Site(Optional<String> defaultComposition, InstantSource clock) {
    this.clock = clock;
    var reader = new MessageParser(_ -> List.of());
    var outside = new OperationPorts(reader::parse, jobs, jobs, queues, queues.dead());
    var operations =
        new Operations(
            outside,
            new LostRule(Duration.ofSeconds(45), Duration.ofMinutes(2)),
            clock,
            new StopSignal());
    var process =
        new OwnProcess() {
          @Override
          public WorkerCondition condition() {
            return condition;
          }

          @Override
          public String metrics() {
            return "render_worker_up 1\n";
          }
        };
    settings =
        new HttpSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new HttpSettings.Credentials(USER, PASSWORD),
            defaultComposition,
            Duration.ofSeconds(45));
    ports = new HttpPorts(operations, reader::parse, process, clock);
    try {
      server = ApiServer.open(settings, ports);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the API is described by. */
  List<Route> api() {
    return Routes.api(settings, ports, new Board(() -> ""));
  }

  Instant now() {
    return clock.instant();
  }

  FakeJobs jobs() {
    return jobs;
  }

  FakeQueues queues() {
    return queues;
  }

  void worker(WorkerCondition changed) {
    condition = changed;
  }

  int port() {
    return server.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  static String authorization() {
    String both = USER + ":" + PASSWORD;
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", authorization());
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  /** Sends a body of JSON; an empty one without a type, as curl does. */
  Answer post(String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request);
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpClient client() {
    return client;
  }

  /** Sends bytes as they are, and gives back all that comes until the server ends it. */
  String raw(String bytes) {
    var answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(UTF_8));
      socket.getInputStream().transferTo(answer);
      return answer.toString(UTF_8);
    } catch (SocketException _) {
      return answer.toString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(response.body());
    }

    String text(String field) {
      return json().path(field).asString("");
    }

    @Override
    public String toString() {
      return status() + " " + response.body();
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
