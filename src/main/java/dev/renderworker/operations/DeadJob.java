package dev.renderworker.operations;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.JobId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dead letter, and the job that it is of. */
public record DeadJob(JobId jobId, Letter letter) {
  private static final List<String> IN_ORDER =
      List.of(
          "errorCode",
          "errorMessage",
          "attempts",
          "failedAt",
          "renderId",
          "workerId",
          "sourceMessageId");

  /** Rejects null. */
  public DeadJob {
    requireNonNull(jobId, "jobId");
    requireNonNull(letter, "letter");
  }

  /** Everything about it by name, in an order to be read; the body comes last. */
  public Map<String, Object> attributes() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("jobId", jobId.value());
    IN_ORDER.forEach(name -> letter.text(name).ifPresent(value -> all.put(name, value)));
    all.put("messageId", letter.messageId());
    all.put("sentAt", letter.sentAt().toString());
    letter.handle().messageGroupId().ifPresent(group -> all.put("messageGroupId", group));
    all.put("body", letter.body());
    return all;
  }
}
