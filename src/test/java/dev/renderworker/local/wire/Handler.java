package dev.renderworker.local.wire;

import java.io.IOException;

/** Answers requests; called on many threads at once, may block. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers one request.
   *
   * @throws DroppedConnectionException if the caller is to get no answer
   */
  Response handle(Request request) throws IOException, InterruptedException;
}
