package dev.renderworker.cli;

/** The configuration, or what it names, has to be mended before anything can run. */
final class MisconfiguredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MisconfiguredException(String whatToDo) {
    super(whatToDo);
  }
}
