package dev.renderworker.completion;

/** A client of one target; throws what the SDK throws. */
interface Publisher extends AutoCloseable {

  /** Returns when the target has taken the event. */
  void publish(CompletionEvent event);

  @Override
  void close();
}
