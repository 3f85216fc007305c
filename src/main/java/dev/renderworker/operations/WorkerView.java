package dev.renderworker.operations;

import dev.renderworker.job.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A worker's entry in the workers table, for people.
 *
 * @param attributes by name; {@code workerId} and {@code heartbeatAt} are always there
 */
public record WorkerView(Map<String, Object> attributes) {
  /** Copies the attributes in their order; rejects an entry without key or heartbeat. */
  public WorkerView {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    for (String always : new String[] {"workerId", "heartbeatAt"}) {
      if (!(attributes.get(always) instanceof String)) {
        throw new IllegalArgumentException(always + ": missing");
      }
    }
  }

  /** The key. */
  public WorkerId id() {
    return new WorkerId((String) attributes.get("workerId"));
  }

  /** When the worker last said that it is alive. */
  public Instant heartbeatAt() {
    return Instant.parse((String) attributes.get("heartbeatAt"));
  }

  /** How many messages it holds; empty where it does not say. */
  public OptionalInt inFlight() {
    return attributes.get("inFlight") instanceof Number count
        ? OptionalInt.of(count.intValue())
        : OptionalInt.empty();
  }

  /** Why it takes no new job, as its code and in words; empty where it takes some. */
  public Optional<String> pausedBy() {
    return text("pausedBy").map(code -> code + text("pausedMessage").map(": "::concat).orElse(""));
  }

  private Optional<String> text(String attribute) {
    return attributes.get(attribute) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /**
   * Whether the worker counts as alive.
   *
   * @param staleAfter the silence after which it does not
   */
  public boolean isAlive(Instant now, Duration staleAfter) {
    return heartbeatAt().isAfter(now.minus(staleAfter));
  }
}
