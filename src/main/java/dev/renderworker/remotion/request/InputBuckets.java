package dev.renderworker.remotion.request;

import dev.renderworker.job.ObjectPointer;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The buckets that requests may point into: without a limit a request could have read whatever the
 * role may read.
 */
public record InputBuckets(Set<String> names) {
  /** The option that says where a request's input props are. */
  public static final String OPTION = "inputPropsUrl";

  /** No bucket at all. */
  public static final InputBuckets NONE = new InputBuckets(Set.of());

  /** Rejects null. */
  public InputBuckets {
    names = Set.copyOf(names);
  }

  /** Where the input props are; empty for a request that points nowhere. */
  public static Optional<ObjectPointer> pointer(RenderRequest request) {
    return request.text(OPTION).flatMap(ObjectPointer::parse);
  }

  /** Why what is there may not be read; empty where it may. */
  public Optional<String> refusal(ObjectPointer pointer) {
    if (names.contains(pointer.bucket())) {
      return Optional.empty();
    }
    String allowed =
        names.isEmpty()
            ? "none is allowed"
            : "only " + String.join(", ", names.stream().sorted().toList()) + " may be read";
    return Optional.of(
        "is in the bucket %s, but %s (INPUT_BUCKETS)".formatted(pointer.bucket(), allowed));
  }

  /** The violations of {@link RequestRules}, and that of a request which points elsewhere. */
  public List<Violation> violations(RenderRequest request) {
    return Stream.concat(
            RequestRules.violations(request).stream(),
            pointer(request)
                .flatMap(this::refusal)
                .map(reason -> new Violation("/" + OPTION, reason))
                .stream())
        .toList();
  }
}
