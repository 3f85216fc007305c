package dev.renderworker.local.wire;

import java.io.IOException;

/** The connection is to be closed without an answer. */
public final class DroppedConnectionException extends IOException {
  private static final long serialVersionUID = 1;

  DroppedConnectionException() {
    super("dropped on request");
  }
}
