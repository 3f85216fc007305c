package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.renderworker.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, as its route sees it. What it holds is data from outside: no more is believed of it.
 */
final class Call {
  private final HttpExchange exchange;
  private final List<String> segments;
  private final Map<String, String> query;

  /**
   * Reads all but the body.
   *
   * @throws ProblemException when the address can't be read
   */
  Call(HttpExchange exchange) {
    this.exchange = exchange;
    this.segments = segments(Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse(""));
    this.query = Query.parse(exchange.getRequestURI().getRawQuery());
  }

  /** Each part is decoded by itself, so that no encoded slash makes two of one. */
  private static List<String> segments(String rawPath) {
    if (!rawPath.startsWith("/")) {
      throw new ProblemException(Problem.badRequest("a path begins with /"));
    }
    List<String> decoded = new ArrayList<>();
    Arrays.stream(rawPath.substring(1).split("/", -1)).map(Call::decoded).forEach(decoded::add);
    return List.copyOf(decoded);
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(Problem.badRequest("the address holds a broken % sequence"));
    }
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** The path as it was sent, to be shown. */
  String path() {
    return exchange.getRequestURI().getRawPath();
  }

  /** The decoded parts of the path; one empty part for the root. */
  List<String> segments() {
    return segments;
  }

  /** The job that the second part of the path names. */
  JobId jobId() {
    try {
      return new JobId(segments.get(1));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.badRequest(e.getMessage()));
    }
  }

  /** A parameter of the query; a blank one counts as absent. */
  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
  }

  /** A parameter that is a whole number in a range. */
  int number(String name, int min, int max, int fallback) {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return fallback;
    }
    if (text.get().matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(text.get());
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new ProblemException(
        Problem.badRequest("%s has to be a whole number, %d to %d".formatted(name, min, max)));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** How often the header is there. */
  int count(String name) {
    return exchange.getRequestHeaders().getOrDefault(name, List.of()).size();
  }

  /**
   * The body as text.
   *
   * @throws ProblemException when it is too large, not UTF-8 or declared as something else than
   *     JSON
   */
  String body() {
    byte[] bytes = bytes();
    if (bytes.length == 0) {
      return "";
    }
    requireJson();
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new ProblemException(Problem.badRequest("the body is not UTF-8"));
    }
  }

  private byte[] bytes() {
    try {
      byte[] bytes = exchange.getRequestBody().readNBytes(Limits.BODY_BYTES + 1);
      if (bytes.length > Limits.BODY_BYTES) {
        throw new ProblemException(
            Problem.of(
                Status.CONTENT_TOO_LARGE,
                "BODY_TOO_LARGE",
                "The body is too large",
                "a body may have %d bytes".formatted(Limits.BODY_BYTES)));
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("reading the body", e);
    }
  }

  private void requireJson() {
    String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT).strip();
    if (!type.matches("application/json(\\s*;.*)?")) {
      throw new ProblemException(
          Problem.of(
              Status.UNSUPPORTED_MEDIA_TYPE,
              "UNSUPPORTED_MEDIA_TYPE",
              "The body's type is not supported",
              "a body has to have the header Content-Type: application/json"));
    }
  }
}
