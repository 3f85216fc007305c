package dev.renderworker.local.remotion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recordings of the real function, from the test resources. */
final class Golden {
  private Golden() {}

  /** A recording as text, such as {@code lifecycles/success/start.request.json}. */
  static String text(String path) {
    try (InputStream recording = Golden.class.getResourceAsStream("/goldens/" + path)) {
      return new String(recording.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** A recording as JSON. */
  static JsonNode json(String path) {
    return JsonMapper.shared().readTree(text(path));
  }

  /** The lines of a recording as JSON. */
  static List<JsonNode> lines(String path) {
    return Arrays.stream(text(path).split("\n", -1))
        .filter(line -> !line.isBlank())
        .map(JsonMapper.shared()::readTree)
        .toList();
  }
}
