package dev.renderworker.remotion.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A file of the site's own public folder, for input props: the composition gets its URL, as from
 * {@code staticFile()}.
 *
 * @param path below that folder, such as {@code logos/a b.png}
 */
public record StaticFile(String path) {
  /** Rejects null. */
  public StaticFile {
    requireNonNull(path, "path");
  }

  String wire() {
    return Arrays.stream(path.split("/", -1))
        .map(StaticFile::encoded)
        .collect(Collectors.joining("/", "remotion-file:", ""));
  }

  /** As JavaScript's {@code encodeURIComponent()}, which leaves more characters as they are. */
  private static String encoded(String segment) {
    return URLEncoder.encode(segment, UTF_8)
        .replace("+", "%20")
        .replace("%21", "!")
        .replace("%27", "'")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%7E", "~");
  }
}
