package dev.renderworker.http;

/** The worker that this API runs beside. Answers at once, from memory. */
public interface OwnProcess {

  /** How it is. */
  WorkerCondition condition();

  /** Its metrics, in Prometheus' text format. */
  String metrics();
}
