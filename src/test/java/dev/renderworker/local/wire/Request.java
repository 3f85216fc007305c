package dev.renderworker.local.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One HTTP request, read whole. */
public final class Request {
  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte[] body;

  /** A request with this body, for example one that was decoded. */
  public Request(String method, URI uri, Headers headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  static Request read(HttpExchange exchange) throws IOException {
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI(),
        exchange.getRequestHeaders(),
        exchange.getRequestBody().readAllBytes());
  }

  /** The method, in capitals. */
  public String method() {
    return method;
  }

  /** Path and query as sent. */
  public URI uri() {
    return uri;
  }

  /** The decoded path. */
  public String path() {
    return uri.getPath();
  }

  /** Every header. */
  public Headers headers() {
    return headers;
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** The body's bytes; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The body as UTF-8. */
  public String text() {
    return new String(body, UTF_8);
  }

  /** Whether path, query or body has this in it, as sent. */
  boolean contains(String text) {
    return uri.toString().contains(text) || text().contains(text);
  }

  /** The decoded parameters of the query. */
  public Map<String, String> query() {
    return parameters(uri.getRawQuery());
  }

  /** The decoded parameters of a form in the body. */
  public Map<String, String> form() {
    return parameters(text());
  }

  private static Map<String, String> parameters(String encoded) {
    Map<String, String> parameters = new HashMap<>();
    if (encoded == null || encoded.isEmpty()) {
      return parameters;
    }
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.put(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
    }
    return parameters;
  }
}
