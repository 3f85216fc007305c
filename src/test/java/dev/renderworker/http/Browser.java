package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A headless Chromium with one page, led by the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ADDRESS = "DevTools listening on ws://";

  private final Process process;
  private final Path profile;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Page page = new Page();
  private final WebSocket socket;

  /** Where Debian has it; empty where it is not installed. */
  static Optional<Path> find() {
    return Stream.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path program) throws IOException {
    profile = Files.createTempDirectory("browser");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile)
            .redirectErrorStream(true)
            .start();
    socket = connect();
    send("Page.enable", Map.of());
    send("Runtime.enable", Map.of());
    send("Network.enable", Map.of());
  }

  private WebSocket connect() throws IOException {
    try {
      return client
          .newWebSocketBuilder()
          .buildAsync(pageAddress(debugAddress()), page)
          .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
          .join();
    } catch (IOException | RuntimeException e) {
      end();
      throw e;
    }
  }

  /** The browser says it once, on its error output. */
  private String debugAddress() throws IOException {
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ADDRESS)) {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        return line.substring(ADDRESS.length()).split("/", 2)[0];
      }
    }
    throw new IOException("the browser ended before it could be led");
  }

  private URI pageAddress(String debugAddress) throws IOException {
    try {
      URI newPage = URI.create("http://" + debugAddress + "/json/new?about:blank");
      HttpRequest put =
          HttpRequest.newBuilder(newPage).PUT(HttpRequest.BodyPublishers.noBody()).build();
      String made = client.send(put, HttpResponse.BodyHandlers.ofString()).body();
      return URI.create(JsonMapper.shared().readTree(made).path("webSocketDebuggerUrl").asString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** What the page's side sends: answers to commands, and what its console is told. */
  private static final class Page implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(JsonMapper.shared().readTree(text.toString()));
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        waiting.remove(message.path("id").asInt()).complete(message);
      }
      String event = message.path("method").asString("");
      if (event.equals("Runtime.exceptionThrown") || event.equals("Log.entryAdded")) {
        synchronized (complaints) {
          complaints.add(message.path("params").toString());
        }
      }
    }
  }

  JsonNode send(String method, Map<String, Object> parameters) {
    int id = page.number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    page.waiting.put(id, answer);
    String command =
        JsonMapper.shared()
            .writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(command, true).join();
    return answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** What the page complained of: errors of scripts, and what its policy forbade. */
  List<String> complaints() {
    synchronized (page.complaints) {
      return List.copyOf(page.complaints);
    }
  }

  /** Opens an address with the credentials. */
  void open(URI address, String authorization) {
    send("Log.enable", Map.of());
    send("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Authorization", authorization)));
    send("Page.navigate", Map.of("url", address.toString()));
  }

  void size(int width, int height, boolean phone) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  void colours(String scheme) {
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The value of an expression of JavaScript, as text. */
  String value(String expression) {
    return send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true))
        .path("result")
        .path("result")
        .path("value")
        .asString("");
  }

  /** Waits until an expression has a value that is wanted, and gives it back. */
  String await(String expression, Predicate<String> wanted) {
    long end = System.nanoTime() + LIMIT.toNanos();
    String value = value(expression);
    while (!wanted.test(value)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not in time: " + expression + " is " + value);
      }
      value("new Promise(done => setTimeout(done, 50))");
      value = value(expression);
    }
    return value;
  }

  void screenshot(Path file) {
    String data =
        send("Page.captureScreenshot", Map.of("format", "png"))
            .path("result")
            .path("data")
            .asString();
    try {
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
    end();
  }

  private void end() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
