package dev.renderworker.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The messages of a file: one JSON document, or JSON Lines with a message on each line. */
final class RequestFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final String text;

  private RequestFile(String text) {
    this.text = text;
  }

  /**
   * Reads a file.
   *
   * @param name a path, or {@code -} for standard input
   */
  static RequestFile read(String name, InputStream standardInput) throws IOException {
    byte[] bytes =
        name.equals("-") ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(name));
    return new RequestFile(new String(bytes, StandardCharsets.UTF_8));
  }

  /** The messages, each as it stands in the file. */
  List<String> messages() {
    return isOneDocument() ? List.of(text) : text.lines().filter(line -> !line.isBlank()).toList();
  }

  private boolean isOneDocument() {
    try {
      JSON.readTree(text);
      return true;
    } catch (JacksonException _) {
      return false;
    }
  }
}
