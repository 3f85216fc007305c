package dev.renderworker.worker;

import dev.renderworker.job.ParsedMessage;

/** Reads a message body by the message contract. */
@FunctionalInterface
public interface MessageReader {

  /** Reads the body; never throws for what it holds. */
  ParsedMessage read(String body);
}
