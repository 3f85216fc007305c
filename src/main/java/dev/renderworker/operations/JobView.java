package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A job's record for people: every attribute that it has, also those of newer versions, and the
 * ones that matter by name.
 *
 * @param attributes by name, in an order to be read: strings, numbers, booleans, lists and maps;
 *     {@code jobId}, {@code status} and {@code updatedAt} are always there
 */
public record JobView(Map<String, Object> attributes) {
  /** Copies the attributes in their order; rejects a record without its key, status or time. */
  public JobView {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    for (String always : new String[] {"jobId", "status", "updatedAt"}) {
      if (!(attributes.get(always) instanceof String)) {
        throw new IllegalArgumentException(always + ": missing");
      }
    }
  }

  /** The key. */
  public JobId id() {
    return new JobId(text("jobId").orElseThrow());
  }

  /** The status. */
  public JobStatus status() {
    return JobStatus.valueOf(text("status").orElseThrow());
  }

  /** Starts so far, over the job's whole life. */
  public int attempt() {
    return attributes.get("attempt") instanceof Number attempt ? attempt.intValue() : 0;
  }

  /** How far the render is, 0 to 1. */
  public double progress() {
    return attributes.get("progress") instanceof Number progress ? progress.doubleValue() : 0;
  }

  /** When the record was written last. */
  public Instant updatedAt() {
    return instant("updatedAt").orElseThrow();
  }

  /** The worker that holds the job. */
  public Optional<WorkerId> owner() {
    return text("owner").map(WorkerId::new);
  }

  /** The string attribute of that name; empty where there is none. */
  public Optional<String> text(String attribute) {
    return attributes.get(attribute) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The attribute of that name as a time; empty where there is none. */
  public Optional<Instant> instant(String attribute) {
    return text(attribute).map(Instant::parse);
  }

  /** Whether the attribute of that name is there and true. */
  public boolean flag(String attribute) {
    return Boolean.TRUE.equals(attributes.get(attribute));
  }

  /** The same with one more attribute, at the end. */
  public JobView with(String attribute, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(attributes);
    more.put(attribute, value);
    return new JobView(more);
  }
}
