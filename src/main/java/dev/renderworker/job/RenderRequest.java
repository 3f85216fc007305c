package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * A valid render request.
 *
 * @param jobId the producer's id for the job, if one was given
 * @param type media or still
 * @param composition the id of the composition to render
 * @param options every option of the message under Remotion's own name, {@code composition}
 *     included, {@code jobId} and {@code type} left out; values are plain JSON values (String,
 *     Boolean, Number, null, unmodifiable List and Map in the order of the message)
 * @param fingerprint equal for two requests that ask for the same render
 */
public record RenderRequest(
    Optional<JobId> jobId,
    RenderType type,
    String composition,
    Map<String, Object> options,
    String fingerprint) {
  /** Rejects null. The options are not copied: the parser gives an unmodifiable map. */
  public RenderRequest {
    requireNonNull(jobId, "jobId");
    requireNonNull(type, "type");
    requireNonNull(composition, "composition");
    requireNonNull(options, "options");
    requireNonNull(fingerprint, "fingerprint");
  }

  /** A media request outside of any job. */
  public static RenderRequest media(String composition, Map<String, Object> options) {
    return new RenderRequest(Optional.empty(), RenderType.MEDIA, composition, options, "");
  }

  /** A still request outside of any job. */
  public static RenderRequest still(String composition, Map<String, Object> options) {
    return new RenderRequest(Optional.empty(), RenderType.STILL, composition, options, "");
  }

  /** The string option of that name; empty where it is absent, null or no string. */
  public Optional<String> text(String option) {
    return options.get(option) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
