package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request. */
sealed interface Reply {
  String JSON = "application/json";

  /** Headers beside those that every answer has. */
  Map<String, String> headers();

  /** A whole answer; the bytes belong to it. */
  // The bytes are written once, and nobody compares answers.
  @SuppressWarnings("ArrayRecordComponent")
  record Whole(Status status, Map<String, String> headers, byte[] body) implements Reply {
    public Whole {
      headers = Map.copyOf(headers);
    }

    /** The same with another content type. */
    Whole as(String contentType) {
      return with("Content-Type", contentType);
    }

    /** The same with one more header. */
    Whole with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Whole(status, more, body);
    }
  }

  /** An answer that is written as it comes about, with status 200. */
  record Stream(Map<String, String> headers, Source source) implements Reply {
    public Stream {
      headers = Map.copyOf(headers);
    }
  }

  /** What writes a stream. */
  @FunctionalInterface
  interface Source {

    /** Writes until the stream is over, or its reader is gone. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** An answer in JSON; text of any kind is safe in it. */
  static Whole json(Status status, Object value) {
    return new Whole(status, Map.of("Content-Type", JSON), Json.bytes(value));
  }

  static Whole text(String contentType, String text) {
    return new Whole(Status.OK, Map.of("Content-Type", contentType), text.getBytes(UTF_8));
  }
}
