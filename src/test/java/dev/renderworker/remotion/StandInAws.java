package dev.renderworker.remotion;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Just enough of Lambda and S3 on one port, with scripted answers and a record of every request.
 */
public final class StandInAws implements AutoCloseable {
  private static final String INVOCATIONS = "/2015-03-31/functions/";

  private final HttpServer server;
  private final Map<String, Deque<Reply>> replies = new HashMap<>();
  private final TreeMap<String, StoredObject> objects = new TreeMap<>();
  private final List<Invocation> invocations = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> functions = new ArrayList<>();
  private final List<String> buckets = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean readsForbidden;

  /** What an invocation is answered with; no answer at all for a status of 0. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply ok(String body) {
      return new Reply(200, Map.of(), body);
    }

    public static Reply functionError(String body) {
      return new Reply(200, Map.of("X-Amz-Function-Error", "Unhandled"), body);
    }

    public static Reply error(int status, String type) {
      return new Reply(
          status,
          Map.of("x-amzn-ErrorType", type, "Content-Type", "application/json"),
          "{\"message\":\"" + type + "\",\"Message\":\"" + type + "\"}");
    }

    /** Never answers; the connection stays open. */
    public static Reply silence() {
      return new Reply(-1, Map.of(), "");
    }

    public static Reply dropped() {
      return new Reply(0, Map.of(), "");
    }
  }

  public record Invocation(String function, JsonNode payload) {}

  public record StoredObject(String content, Instant lastModified) {}

  public StandInAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    on("info", Reply.ok("{\"version\":\"4.0.527\",\"type\":\"success\"}"));
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers routines of that type with these, the last of them again and again. */
  public synchronized void on(String type, Reply... answers) {
    replies.put(type, new ArrayDeque<>(List.of(answers)));
  }

  public synchronized void has(String bucketAndKey, String content, Instant lastModified) {
    objects.put(bucketAndKey, new StoredObject(content, lastModified));
  }

  public synchronized void hasFunctions(String... names) {
    functions.addAll(List.of(names));
  }

  /** There are these functions and no others. */
  public synchronized void hasFunctionsOnly(String... names) {
    functions.clear();
    functions.addAll(List.of(names));
  }

  public synchronized void hasBuckets(String... names) {
    buckets.addAll(List.of(names));
  }

  public synchronized void forbidsReads() {
    readsForbidden = true;
  }

  public synchronized List<Invocation> invocations(String type) {
    return invocations.stream()
        .filter(i -> i.payload().path("type").asString("").equals(type))
        .toList();
  }

  /** Method and path of every request to S3. */
  public synchronized List<String> s3Requests() {
    return List.copyOf(requests);
  }

  public synchronized String object(String bucketAndKey) {
    return objects.get(bucketAndKey).content();
  }

  public synchronized List<String> objectKeys() {
    return List.copyOf(objects.keySet());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.endsWith("/invocations")) {
        invoke(exchange, path, body);
      } else if (path.startsWith("/2015-03-31/functions")) {
        send(exchange, 200, Map.of("Content-Type", "application/json"), functionList());
      } else {
        s3(exchange, path, body);
      }
    }
  }

  private void invoke(HttpExchange exchange, String path, byte[] body) throws IOException {
    Reply reply =
        next(
            path.substring(INVOCATIONS.length(), path.lastIndexOf('/')),
            new String(body, StandardCharsets.UTF_8));
    if (reply.status() < 0) {
      awaitClose();
    } else if (reply.status() > 0) {
      send(exchange, reply.status(), reply.headers(), reply.body());
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Reply next(String function, String body) {
    JsonNode payload = Goldens.parse(body);
    invocations.add(new Invocation(function, payload));
    Deque<Reply> scripted = replies.get(payload.path("type").asString(""));
    return scripted.size() > 1 ? scripted.poll() : scripted.peek();
  }

  private synchronized String functionList() {
    return functions.stream()
        .map(name -> "{\"FunctionName\":\"" + name + "\"}")
        .collect(Collectors.joining(",", "{\"Functions\":[", "]}"));
  }

  private void s3(HttpExchange exchange, String path, byte[] body) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String key = path.substring(1);
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        note("PUT " + path);
        has(key, new String(body, StandardCharsets.UTF_8), Instant.now());
        send(exchange, 200, Map.of("ETag", "\"x\""), "");
      }
      case "DELETE" -> {
        note("DELETE " + path);
        remove(key);
        send(exchange, 204, Map.of(), "");
      }
      default -> {
        note(exchange.getRequestMethod() + " " + path);
        if (path.equals("/")) {
          send(exchange, 200, Map.of(), bucketList());
        } else if (query.contains("list-type=2")) {
          send(exchange, 200, Map.of(), objectList(key, prefix(query)));
        } else {
          read(exchange, key);
        }
      }
    }
  }

  private static String prefix(String query) {
    return query.replaceAll(".*prefix=([^&]*).*", "$1");
  }

  private synchronized void note(String request) {
    requests.add(request);
  }

  private synchronized void remove(String key) {
    objects.remove(key);
  }

  private synchronized String bucketList() {
    return buckets.stream()
        .map(name -> "<Bucket><Name>" + name + "</Name></Bucket>")
        .collect(
            Collectors.joining(
                "", "<ListAllMyBucketsResult><Buckets>", "</Buckets></ListAllMyBucketsResult>"));
  }

  private synchronized String objectList(String bucket, String prefix) {
    String folder = bucket.replaceAll("/$", "") + "/";
    return objects.tailMap(folder + prefix).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(folder + prefix))
        .map(
            entry ->
                "<Contents><Key>%s</Key><LastModified>%s</LastModified></Contents>"
                    .formatted(
                        entry.getKey().substring(folder.length()), entry.getValue().lastModified()))
        .collect(
            Collectors.joining(
                "", "<ListBucketResult><IsTruncated>false</IsTruncated>", "</ListBucketResult>"));
  }

  private void read(HttpExchange exchange, String key) throws IOException {
    StoredObject found = find(key);
    if (forbidden()) {
      sendS3Error(exchange, 403, "AccessDenied");
    } else if (found == null) {
      sendS3Error(exchange, 404, "NoSuchKey");
    } else {
      String modified =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              found.lastModified().atOffset(ZoneOffset.UTC));
      send(exchange, 200, Map.of("Last-Modified", modified), found.content());
    }
  }

  private synchronized StoredObject find(String key) {
    return objects.get(key);
  }

  private synchronized boolean forbidden() {
    return readsForbidden;
  }

  private static void sendS3Error(HttpExchange exchange, int status, String code)
      throws IOException {
    send(exchange, status, Map.of(), "<Error><Code>" + code + "</Code></Error>");
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    headers.forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
