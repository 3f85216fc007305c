package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

/**
 * One process's name as an owner of jobs; never used by two processes, nor by one after a restart.
 *
 * @param value host name, process id and a random part
 */
public record WorkerId(String value) {
  /** Rejects null. */
  public WorkerId {
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value;
  }
}
