package dev.renderworker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The job page and the description of the API: files of this package, and no others. */
final class PageRoutes {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Only what is listed is served, so no path can lead elsewhere. */
  private static final List<Asset> ASSETS =
      List.of(
          new Asset("/", "page.html", "text/html; charset=utf-8"),
          new Asset("/page.css", "page.css", "text/css; charset=utf-8"),
          new Asset("/page.js", "page.js", SCRIPT),
          new Asset("/board.js", "board.js", SCRIPT),
          new Asset("/job.js", "job.js", SCRIPT),
          new Asset("/plot.js", "plot.js", SCRIPT),
          new Asset("/dom.js", "dom.js", SCRIPT),
          new Asset("/icon.svg", "icon.svg", "image/svg+xml"));

  private static final Asset DESCRIPTION = new Asset("/openapi.json", "openapi.json", Reply.JSON);

  private record Asset(String path, String file, String type) {
    Route route() {
      byte[] bytes = read(file);
      var reply = new Reply.Whole(Status.OK, Map.of("Content-Type", type), bytes);
      return Route.get(path, _ -> reply);
    }
  }

  private PageRoutes() {}

  static List<Route> page() {
    return ASSETS.stream().map(Asset::route).toList();
  }

  static Route description() {
    return DESCRIPTION.route();
  }

  private static byte[] read(String file) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
