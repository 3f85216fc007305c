package dev.renderworker.completion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * A job's end, as it is told.
 *
 * @param jobId the job
 * @param eventId the same whenever the same end is told again
 * @param labels for filters: job id, status and error code
 * @param body the record without the request, and the event's id, as JSON
 */
record CompletionEvent(String jobId, String eventId, Map<String, String> labels, String body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Each service takes 256 KiB with all that goes with it. */
  private static final int MAX_BYTES = 240 * 1024;

  /** What is no news to whoever sent the request. */
  private static final List<String> REQUEST = List.of("request", "requestTruncated");

  private static final List<String> LARGE = List.of("history", "errors");

  /** Makes one of a record's attributes. */
  static CompletionEvent of(Map<String, Object> job) {
    String jobId = job.get("jobId").toString();
    String eventId = jobId + "/" + job.getOrDefault("attempt", 0) + "/" + job.get("status");
    Map<String, Object> told = new LinkedHashMap<>(job);
    told.keySet().removeAll(REQUEST);
    told.put("eventId", eventId);
    String body = JSON.writeValueAsString(told);
    if (body.getBytes(UTF_8).length > MAX_BYTES) {
      told.keySet().removeAll(LARGE);
      body = JSON.writeValueAsString(told);
    }
    return new CompletionEvent(jobId, eventId, labels(job), body);
  }

  private static Map<String, String> labels(Map<String, Object> job) {
    Map<String, String> labels = new TreeMap<>();
    for (String name : List.of("jobId", "status", "errorCode")) {
      Optional.ofNullable(job.get(name)).ifPresent(value -> labels.put(name, value.toString()));
    }
    // A job that failed before it succeeded keeps its last error.
    if (!List.of("FAILED", "REJECTED").contains(labels.get("status"))) {
      labels.remove("errorCode");
    }
    return labels;
  }

  /** The event's id in a form that FIFO topics and queues take: at most 128 characters. */
  String deduplicationId() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
