package dev.renderworker.cli;

/** What the process ends with; the numbers of {@code sysexits.h} where it has one. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;

  /** A service can't be reached; trying again can help. */
  static final int UNAVAILABLE = 69;

  /** The configuration is wrong; trying again can't help, and systemd does not. */
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
