package dev.renderworker.remotion.request;

import dev.renderworker.job.RenderRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the output goes and who is told. */
final class DeliveryRules {
  private static final int LONGEST_CUSTOM_DATA = 1024;

  private static final Pattern KEY_START = Pattern.compile("[0-9a-zA-Z!_.*'()/:&$@=;+,?-]");

  private static final Pattern BUCKET =
      Pattern.compile(
          "(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /** As the function has it: looks like an IP address, whatever its length. */
  private static final Pattern ADDRESS = Pattern.compile("(\\d+\\.)+\\d+");

  private final Map<String, Object> options;
  private final Violations violations;

  private DeliveryRules(RenderRequest request, Violations violations) {
    this.options = request.options();
    this.violations = violations;
  }

  static void check(RenderRequest request, Violations violations) {
    DeliveryRules rules = new DeliveryRules(request, violations);
    rules.downloadBehavior();
    rules.outName();
    rules.webhook();
  }

  private void downloadBehavior() {
    if (!(options.get("downloadBehavior") instanceof Map<?, ?> behavior)) {
      return;
    }
    Object type = behavior.get("type");
    boolean download = "download".equals(type);
    violations.addIf(
        !download && !"play-in-browser".equals(type),
        "/downloadBehavior/type",
        "has to be download or play-in-browser");
    violations.addIf(
        download && !behavior.containsKey("fileName"),
        "/downloadBehavior/fileName",
        "has to be a string or null when type is download");
  }

  private void outName() {
    if (options.get("outName") instanceof Map<?, ?> object) {
      key(object.get("key"), "/outName/key");
      violations.addIf(
          object.get("bucketName") instanceof String bucket && !isBucket(bucket),
          "/outName/bucketName",
          "is not a valid bucket name");
    } else {
      key(options.get("outName"), "/outName");
    }
  }

  private static boolean isBucket(String name) {
    return BUCKET.matcher(name).matches() && !ADDRESS.matcher(name).matches();
  }

  private void key(Object key, String pointer) {
    violations.addIf(
        key instanceof String text && !KEY_START.matcher(text).lookingAt(),
        pointer,
        "has to begin with a character of 0-9 a-z A-Z - ! _ . * ' ( ) / : & $ @ = ; + , ?");
    violations.addIf(
        options.get("webhook") != null && key instanceof String text && !isAscii(text),
        pointer,
        "has to be ASCII: the function can't deliver a webhook that holds anything else");
  }

  private void webhook() {
    Optional<Object> customData =
        Optional.ofNullable(options.get("webhook"))
            .filter(Map.class::isInstance)
            .map(webhook -> ((Map<?, ?>) webhook).get("customData"));
    if (customData.isEmpty()) {
      return;
    }
    String json = JavaScriptJson.stringify(customData.get());
    violations.addIf(
        json.length() > LONGEST_CUSTOM_DATA,
        "/webhook/customData",
        "is %d characters of JSON; at most %d are allowed"
            .formatted(json.length(), LONGEST_CUSTOM_DATA));
    violations.addIf(
        !isAscii(json),
        "/webhook/customData",
        "has to be ASCII: the function can't deliver a webhook that holds anything else");
  }

  private static boolean isAscii(String text) {
    return StandardCharsets.US_ASCII.newEncoder().canEncode(text);
  }
}
