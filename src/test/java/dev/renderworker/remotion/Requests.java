package dev.renderworker.remotion;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.remotion.client.RemotionDefaults;
import dev.renderworker.remotion.request.InputBuckets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests and settings for tests. */
public final class Requests {
  public static final String FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";
  public static final String BUCKET = "remotionlambda-useast1-localtest01";
  public static final String VERSION = "4.0.527";

  private Requests() {}

  public static RenderRequest media(Map<String, Object> options) {
    return request(RenderType.MEDIA, options);
  }

  public static RenderRequest still(Map<String, Object> options) {
    return request(RenderType.STILL, options);
  }

  /** A media request with the given options, in pairs of name and value, beside the needed ones. */
  public static RenderRequest h264(Object... namesAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("composition", "hello");
    options.put("serveUrl", "https://example.com/site/index.html");
    options.put("codec", "h264");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      options.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return media(options);
  }

  public static RenderRequest request(RenderType type, Map<String, Object> options) {
    return new RenderRequest(
        Optional.empty(),
        type,
        options.getOrDefault("composition", "hello").toString(),
        options,
        "fingerprint");
  }

  /** Settings without any default, as the official client has none. */
  public static RemotionSettings bareSettings() {
    return settings(Optional.empty(), Optional.empty(), false);
  }

  public static RemotionSettings settings() {
    return settings(Optional.of(FUNCTION), Optional.of(BUCKET), true);
  }

  private static RemotionSettings settings(
      Optional<String> function, Optional<String> bucket, boolean enableCancellation) {
    return new RemotionSettings(
        new RemotionDefaults("us-east-1", function, Optional.empty(), bucket, enableCancellation),
        new InputBuckets(Set.of("inputs")),
        Duration.ofMinutes(5),
        false);
  }
}
