package dev.renderworker.remotion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What the official client and the real function said, as recorded. */
public final class Goldens {
  private static final Path ROOT = Path.of("src/test/resources/goldens");
  private static final ObjectMapper JSON = new JsonMapper();

  private Goldens() {}

  public static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String path) {
    return JSON.readTree(text(path));
  }

  public static JsonNode parse(String json) {
    return JSON.readTree(json);
  }

  public static boolean exists(String path) {
    return Files.exists(ROOT.resolve(path));
  }

  /** Plain values: Map, List, String, Number, Boolean, null. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> plain(JsonNode node) {
    return JSON.convertValue(node, Map.class);
  }

  /** The names of the recorded lives. */
  public static List<String> lives() {
    try (Stream<Path> folders = Files.list(ROOT.resolve("lifecycles"))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
