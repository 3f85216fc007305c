package dev.renderworker.remotion;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests and settings for tests. */
final class Requests {
  static final String FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";
  static final String BUCKET = "remotionlambda-useast1-localtest01";
  static final String VERSION = "4.0.527";

  private Requests() {}

  static RenderRequest media(Map<String, Object> options) {
    return request(RenderType.MEDIA, options);
  }

  static RenderRequest still(Map<String, Object> options) {
    return request(RenderType.STILL, options);
  }

  /** A media request with the given options, in pairs of name and value, beside the needed ones. */
  static RenderRequest h264(Object... namesAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("composition", "hello");
    options.put("serveUrl", "https://example.com/site/index.html");
    options.put("codec", "h264");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return media(options);
  }

  static RenderRequest request(RenderType type, Map<String, Object> options) {
    return new RenderRequest(
        Optional.empty(),
        type,
        options.getOrDefault("composition", "hello").toString(),
        options,
        "fingerprint");
  }

  /** Settings without any default, as the official client has none. */
  static RemotionSettings bareSettings() {
    return settings(Optional.empty(), Optional.empty(), false);
  }

  static RemotionSettings settings() {
    return settings(Optional.of(FUNCTION), Optional.of(BUCKET), true);
  }

  static RemotionSettings settings(
      Optional<String> function, Optional<String> bucket, boolean enableCancellation) {
    return new RemotionSettings(
        "us-east-1",
        new RemotionSettings.Defaults(function, Optional.empty(), bucket),
        enableCancellation,
        Duration.ofMinutes(5));
  }
}
