package dev.renderworker.local.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;

/** One HTTP answer, whole. */
public final class Response {
  private final int status;
  private final Headers headers = new Headers();
  private final byte[] body;

  /** An answer without headers. */
  public Response(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** An answer of JSON. */
  public static Response json(int status, String body) {
    return new Response(status, body.getBytes(UTF_8)).with("Content-Type", "application/json");
  }

  /** An answer of XML. */
  public static Response xml(int status, String body) {
    return new Response(status, body.getBytes(UTF_8)).with("Content-Type", "text/xml");
  }

  /** An answer of plain text. */
  public static Response text(int status, String body) {
    return new Response(status, body.getBytes(UTF_8)).with("Content-Type", "text/plain");
  }

  /** Sets a header. */
  public Response with(String name, String value) {
    headers.set(name, value);
    return this;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The body's bytes; not to be changed. */
  public byte[] body() {
    return body;
  }

  void write(HttpExchange exchange) throws IOException {
    headers.forEach((name, values) -> exchange.getResponseHeaders().put(name, List.copyOf(values)));
    boolean bodiless =
        body.length == 0 || status == 204 || exchange.getRequestMethod().equals("HEAD");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
