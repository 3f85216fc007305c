package dev.renderworker.local.crash;

/** What goes on around the jobs of a queue when its worker is killed. */
enum Scene {
  /** Nothing else. */
  ORDINARY(""),
  /** Nothing else, and no call to the queue is held: hidden messages come back. */
  QUIET(""),
  /** Its start is throttled until after the kill. */
  THROTTLED(", throttled"),
  /** Its start is denied until after the kill. */
  DENIED(", denied"),
  /** The worker has been asked to stop. */
  STOPPING(", worker stops"),
  /** An earlier worker was killed when it had sent the start. */
  TAKEN_OVER(", second worker");

  private final String label;

  Scene(String label) {
    this.label = label;
  }

  /** To be put behind that of the job's life. */
  String label() {
    return label;
  }
}
