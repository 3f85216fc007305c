package dev.renderworker.local.wire;

import static java.net.http.HttpRequest.BodyPublishers.ofByteArray;
import static java.net.http.HttpResponse.BodyHandlers.ofByteArray;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Passes calls on to an emulator that speaks AWS's JSON protocol; keeps connections alive. */
public final class EmulatorProxy implements AwsService, AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  static {
    // Read once by the JDK's client. The emulators close a connection that was idle for 30 s or
    // more; a call that meets the closing would be lost.
    System.setProperty("jdk.httpclient.keepalive.timeout", "15");
  }

  private final String name;
  private final URI emulator;
  private final Map<Refusal, AwsError> refusals;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads).build();

  /** A proxy that refuses in these words where a fault wants it. */
  public EmulatorProxy(String name, URI emulator, Map<Refusal, AwsError> refusals) {
    this.name = name;
    this.emulator = emulator;
    this.refusals = Map.copyOf(refusals);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String operation(Request request) {
    return request
        .header("X-Amz-Target")
        .map(target -> target.substring(target.lastIndexOf('.') + 1))
        .orElseGet(() -> request.form().getOrDefault("Action", "unknown"));
  }

  @Override
  public Response answer(Request request) throws IOException, InterruptedException {
    HttpRequest.Builder forward =
        HttpRequest.newBuilder(emulator.resolve(request.uri()))
            .method(request.method(), ofByteArray(request.body()));
    request
        .headers()
        .forEach(
            (key, values) ->
                values.stream()
                    .filter(_ -> passes(key))
                    .forEach(value -> forward.header(key, value)));
    HttpResponse<byte[]> answer = client.send(forward.build(), ofByteArray());
    Response response = new Response(answer.statusCode(), answer.body());
    answer
        .headers()
        .map()
        .forEach(
            (key, values) ->
                values.stream()
                    .filter(_ -> passes(key))
                    .forEach(value -> response.with(key, value)));
    return response;
  }

  private static boolean passes(String header) {
    return !HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
  }

  @Override
  public Response error(AwsError error) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", "com.amazonaws." + name + "#" + error.code())
            .put("message", error.message());
    return Response.json(error.status(), body.toString())
        .with("Content-Type", "application/x-amz-json-1.0");
  }

  @Override
  public AwsError refusal(Refusal refusal) {
    return refusals.get(refusal);
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
