package dev.renderworker.remotion.request;

import static dev.renderworker.remotion.request.PayloadField.or;
import static dev.renderworker.remotion.request.PayloadField.orNull;

import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests that the render function understands, field for field as the official client sends
 * them (Remotion Lambda protocol, 1.4, 2.1, 4.1 and 6).
 */
public final class Payloads {
  /** The option whose entries are added to the payload as they are. */
  static final String EXTRA_FIELDS = "extraStartFields";

  private static final Map<String, Object> PLAY_IN_BROWSER = Map.of("type", "play-in-browser");

  /** The official client insists on a codec; the message contract has this default. */
  static final String DEFAULT_CODEC = "h264";

  /** Fields of a media start and of a still alike. */
  private static final List<PayloadField> SHARED =
      List.of(
          or("envVariables", Map.of()),
          or("jpegQuality", 80),
          or("maxRetries", 1),
          or("privacy", "public"),
          or("logLevel", "info"),
          orNull("outName"),
          or("timeoutInMilliseconds", 30_000),
          or("chromiumOptions", Map.of()),
          or("scale", 1),
          or("downloadBehavior", PLAY_IN_BROWSER),
          orNull("forceHeight"),
          orNull("forceWidth"),
          orNull("forceFps"),
          orNull("forceDurationInFrames"),
          orNull("offthreadVideoCacheSizeInBytes"),
          orNull("offthreadVideoThreads"),
          orNull("mediaCacheSizeInBytes"),
          orNull("deleteAfter"),
          or("forcePathStyle", false),
          orNull("storageClass"),
          orNull("isProduction"));

  private static final List<PayloadField> MEDIA =
      List.of(
          orNull("rendererFunctionName"),
          orNull("framesPerLambda"),
          orNull("concurrency"),
          or("codec", DEFAULT_CODEC),
          or("imageFormat", "jpeg"),
          orNull("crf"),
          orNull("pixelFormat"),
          orNull("proResProfile"),
          orNull("x264Preset"),
          orNull("gopSize"),
          orNull("frameRange"),
          or("everyNthFrame", 1),
          orNull("numberOfGifLoops"),
          or("concurrencyPerLambda", 1),
          or("muted", false),
          or("overwrite", false),
          orNull("audioBitrate"),
          orNull("videoBitrate"),
          orNull("encodingBufferSize"),
          orNull("encodingMaxRate"),
          orNull("webhook"),
          orNull("audioCodec"),
          orNull("colorSpace"),
          or("preferLossless", false),
          or("sampleRate", 48_000));

  private static final List<PayloadField> STILL = List.of(or("imageFormat", "png"), or("frame", 0));

  private static final List<PayloadField> STATUS =
      List.of(orNull("s3OutputProvider"), or("logLevel", "info"), or("forcePathStyle", false));

  /** Fields that no option fills under their own name. */
  private static final Set<String> OURS =
      Set.of(
          "type",
          "version",
          "composition",
          "serveUrl",
          "bucketName",
          "inputProps",
          "enableCancellation",
          "metadata",
          "licenseKey",
          "attempt",
          "streamed");

  private final Optional<String> serveUrl;
  private final boolean enableCancellation;

  /**
   * Makes one with what requests may leave out.
   *
   * @param serveUrl the site, as a URL or a site name
   * @param enableCancellation whether media renders can be cancelled
   */
  public Payloads(Optional<String> serveUrl, boolean enableCancellation) {
    this.serveUrl = serveUrl;
    this.enableCancellation = enableCancellation;
  }

  /** Asks the function for its version. */
  public static String info() {
    return JavaScriptJson.stringify(fields("type", "info", "logLevel", "info"));
  }

  /**
   * Asks about a media render.
   *
   * @param options those of {@code getRenderProgress()}, see {@link #statusOptions}
   */
  public static String status(RenderHandle render, String version, Map<String, Object> options) {
    Map<String, Object> payload = fields("type", "status", "version", version);
    payload.put("bucketName", render.bucketName());
    payload.put("renderId", render.renderId());
    STATUS.forEach(field -> field.put(options, payload));
    return JavaScriptJson.stringify(payload);
  }

  /**
   * What of a request has to be said again to be told of its render: with whom the output is, if
   * not with AWS (Remotion Lambda protocol, 4.1).
   */
  public static Map<String, Object> statusOptions(RenderRequest request) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("forcePathStyle", request.options().get("forcePathStyle"));
    if (request.options().get("outName") instanceof Map<?, ?> outName) {
      options.put("s3OutputProvider", outName.get("s3OutputProvider"));
    }
    return options;
  }

  /**
   * Asks for a render.
   *
   * @param inputProps the props on the wire, see {@link InputProps}
   * @param correlation added to the metadata of a media render, which its progress shows again
   */
  public String render(
      RenderRequest request,
      RenderTarget target,
      Map<String, Object> inputProps,
      Map<String, String> correlation) {
    Map<String, Object> options = request.options();
    Map<String, Object> payload = fields("version", target.version());
    payload.put("composition", request.composition());
    payload.put("serveUrl", firstGiven(options.get("serveUrl"), serveUrl.orElse(null)));
    payload.put("bucketName", target.bucketName().orElse(null));
    payload.put("inputProps", inputProps);
    payload.put("licenseKey", firstGiven(options.get("licenseKey"), options.get("apiKey")));
    SHARED.forEach(field -> field.put(options, payload));
    switch (request.type()) {
      case MEDIA -> addMedia(options, payload, correlation);
      case STILL -> addStill(options, payload);
    }
    if (options.get(EXTRA_FIELDS) instanceof Map<?, ?> extra) {
      extra.forEach((name, value) -> payload.put((String) name, value));
    }
    return JavaScriptJson.stringify(payload);
  }

  private void addMedia(
      Map<String, Object> options, Map<String, Object> payload, Map<String, String> correlation) {
    payload.put("type", "start");
    MEDIA.forEach(field -> field.put(options, payload));
    payload.put("metadata", merged(options.get("metadata"), correlation));
    payload.put(
        "enableCancellation", firstGiven(options.get("enableCancellation"), enableCancellation));
  }

  private static void addStill(Map<String, Object> options, Map<String, Object> payload) {
    payload.put("type", "still");
    payload.put("attempt", 1);
    payload.put("streamed", false);
    STILL.forEach(field -> field.put(options, payload));
    if (Boolean.TRUE.equals(options.get("dumpBrowserLogs"))) {
      payload.put("logLevel", "verbose");
    }
  }

  private static Object merged(Object given, Map<String, String> correlation) {
    if (correlation.isEmpty()) {
      return given;
    }
    Map<String, Object> merged = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((name, value) -> merged.put((String) name, value));
    }
    merged.putAll(correlation);
    return merged;
  }

  /** Every field that a payload of that type has without {@link #EXTRA_FIELDS}. */
  static Set<String> fieldNames(RenderType type) {
    List<PayloadField> own = type == RenderType.MEDIA ? MEDIA : STILL;
    return Stream.concat(
            OURS.stream(), Stream.concat(SHARED.stream(), own.stream()).map(PayloadField::name))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Object firstGiven(Object first, Object second) {
    return first == null ? second : first;
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
