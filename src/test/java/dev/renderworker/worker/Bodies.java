package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.RenderRequest;
import dev.renderworker.job.RenderType;
import dev.renderworker.job.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message contract for tests: the first word is the job id ({@code -} for none), the whole body
 * is the fingerprint; a body that begins with {@code !} breaks the contract.
 */
final class Bodies {
  private Bodies() {}

  static ParsedMessage read(String body) {
    return body.startsWith("!")
        ? new ParsedMessage.Invalid(
            jobId(body.substring(1)), List.of(new Violation("/composition", "is missing")))
        : new ParsedMessage.Valid(request(body));
  }

  static RenderRequest request(String body) {
    return new RenderRequest(jobId(body), RenderType.MEDIA, "composition", Map.of(), body);
  }

  private static Optional<JobId> jobId(String body) {
    String word = body.split(" ", 2)[0];
    return word.equals("-") ? Optional.empty() : Optional.of(new JobId(word));
  }
}
