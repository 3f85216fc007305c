package dev.renderworker.worker;

/** A service that the worker itself needs (queue or tables) can't be reached or refuses. */
public final class ServiceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes one.
   *
   * @param what was tried, and what the service said
   */
  public ServiceUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }

  /**
   * Makes one without a cause.
   *
   * @param what was tried, and why that did not work
   */
  public ServiceUnavailableException(String what) {
    super(what);
  }
}
