package dev.renderworker.remotion.request;

import dev.renderworker.job.RenderType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The input props of a render, as the text that the composition reads (Remotion Lambda protocol,
 * 3).
 *
 * @param json what {@code JSON.stringify} makes of the props
 * @param envVariables what it makes of the environment variables, which count with the props
 */
public record InputProps(String json, String envVariables) {
  /** What the official client leaves for the rest of the payload. */
  private static final int RESERVED = 6024;

  /** The props that an option map holds. */
  public static InputProps of(Map<String, Object> options) {
    return of(JavaScriptJson.stringify(orEmpty(options.get("inputProps"))), options);
  }

  /** These props, with the environment variables of an option map. */
  public static InputProps of(String json, Map<String, Object> options) {
    return new InputProps(json, JavaScriptJson.stringify(orEmpty(options.get("envVariables"))));
  }

  private static Object orEmpty(Object value) {
    return value == null ? Map.of() : value;
  }

  /** The official client's rule, which counts UTF-16 units of the text before it is quoted. */
  public boolean areLargeFor(RenderType type) {
    return json.length() + envVariables.length() > Limits.of(type).props() - RESERVED;
  }

  /**
   * Our own rule on top: quotes and non-ASCII text can make a payload too large that the official
   * rule takes for small (Remotion Lambda protocol, 3.3).
   */
  public static boolean makeTooLarge(int payloadBytes, RenderType type) {
    return payloadBytes > Limits.of(type).payloadBytes();
  }

  /** The props inside the payload. */
  public Map<String, Object> inline() {
    Map<String, Object> wire = new LinkedHashMap<>();
    wire.put("type", "payload");
    wire.put("payload", json);
    return wire;
  }

  /** The props in the bucket. */
  public static Map<String, Object> uploaded(String hash, String bucketName) {
    Map<String, Object> wire = new LinkedHashMap<>();
    wire.put("type", "bucket-url");
    wire.put("hash", hash);
    wire.put("bucketName", bucketName);
    return wire;
  }

  /** What is uploaded. */
  public byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * How much fits.
   *
   * @param props UTF-16 units of props and environment variables, {@link #RESERVED} included
   * @param payloadBytes of the whole payload; a media start goes on as an asynchronous invocation
   *     of at most 262,144 characters, a still is a synchronous one of at most 6 MiB
   */
  private record Limits(int props, int payloadBytes) {
    static Limits of(RenderType type) {
      return switch (type) {
        case MEDIA -> new Limits(200_000, 240_000);
        case STILL -> new Limits(5_000_000, 6_000_000);
      };
    }
  }
}
