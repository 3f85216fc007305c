package dev.renderworker.remotion.client;

import dev.renderworker.check.Finding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Looks whether a site answers, as the browser in the function would ask for it. */
final class SiteCheck implements AutoCloseable {
  private static final String CHECK = "site";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int GOOD = 200;

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(LIMIT)
          .build();

  /** Where a site by that URL or name is (Remotion Lambda protocol, 8.3). */
  static String url(String site, Remembered.Lookup<String> bucket, String region)
      throws RemotionException {
    return site.startsWith("http://") || site.startsWith("https://")
        ? site
        : "https://%s.s3.%s.%s/sites/%s/index.html"
            .formatted(
                bucket.find(),
                region,
                region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com",
                site);
  }

  Finding look(String url) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == GOOD
          ? new Finding.Passed(CHECK, url)
          : weak("%s answers with HTTP %d.".formatted(url, status));
    } catch (IOException | IllegalArgumentException e) {
      return weak("%s does not answer: %s".formatted(url, reason(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Finding.Skipped(CHECK, "interrupted");
    }
  }

  /** The JDK's exceptions of a failed connection mostly have no message. */
  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static Finding weak(String problem) {
    return new Finding.Weak(
        CHECK,
        problem,
        "Check REMOTION_SERVE_URL, or deploy the site:\n  npx remotion lambda sites create");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
