package dev.renderworker.remotion.request;

import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what the render function would refuse, much later and after money was spent: combinations
 * of options that a JSON Schema can't express (Remotion Lambda protocol, 2.3 and 2.4).
 *
 * <p>Types, enumerations and plain ranges are taken as checked; a value of another type is passed
 * over.
 */
public final class RequestRules {
  /** Under these names the worker finds a render again that it has lost sight of. */
  public static final Set<String> RESERVED_METADATA = Set.of("jobId", "attempt");

  private RequestRules() {}

  /** Everything that is wrong with the request; empty when it may be sent. */
  public static List<Violation> violations(RenderRequest request) {
    Violations violations = new Violations();
    Map<String, Object> options = request.options();
    site(request, violations);
    names(request, violations);
    DeliveryRules.check(request, violations);
    if (request.type() == RenderType.MEDIA) {
      EncodingRules.check(request, violations);
      FrameRules.check(options, violations);
    }
    return violations.all();
  }

  private static void site(RenderRequest request, Violations violations) {
    violations.addIf(
        request.text("serveUrl").filter(url -> url.startsWith("src/")).isPresent(),
        "/serveUrl",
        "is a path on a developer's machine; has to be an http(s) URL or the name of a site");
  }

  private static void names(RenderRequest request, Violations violations) {
    Map<String, Object> options = request.options();
    violations.addIf(
        options.get("inputProps") != null && options.get(InputBuckets.OPTION) != null,
        "/" + InputBuckets.OPTION,
        "can't be combined with inputProps");
    violations.addIf(options.get("quality") != null, "/quality", "has been renamed to jpegQuality");
    if (options.get("metadata") instanceof Map<?, ?> metadata) {
      for (String ours : RESERVED_METADATA) {
        violations.addIf(
            metadata.containsKey(ours), "/metadata/" + ours, "is set by the worker itself");
      }
    }
    if (options.get(Payloads.EXTRA_FIELDS) instanceof Map<?, ?> extra) {
      Set<String> known = Payloads.fieldNames(request.type());
      for (Object name : extra.keySet()) {
        violations.addIf(
            known.contains(name),
            "/" + Payloads.EXTRA_FIELDS + "/" + name,
            "is a field that the worker knows; has to be set by its option");
      }
    }
  }
}
