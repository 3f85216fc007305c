package dev.renderworker.http;

import static java.util.Objects.requireNonNull;

import dev.renderworker.operations.Operations;
import dev.renderworker.worker.MessageReader;
import java.time.InstantSource;

/** Everything outside that the API works with. */
public record HttpPorts(
    Operations operations, MessageReader reader, OwnProcess process, InstantSource clock) {
  /** Rejects null. */
  public HttpPorts {
    requireNonNull(operations, "operations");
    requireNonNull(reader, "reader");
    requireNonNull(process, "process");
    requireNonNull(clock, "clock");
  }
}
