package dev.renderworker.local.wire;

import static java.util.Objects.requireNonNull;

/**
 * Which calls a fault befalls.
 *
 * @param service the service's name, such as {@code lambda}
 * @param operation the operation's name, such as {@code Invoke}, or {@code *} for every one
 * @param contains what the request's path, query or body must contain; empty for any request
 * @param skip how many matching calls pass first
 * @param times how many calls it befalls then
 */
public record CallPattern(String service, String operation, String contains, int skip, int times) {
  public CallPattern {
    requireNonNull(service, "service");
    requireNonNull(operation, "operation");
    requireNonNull(contains, "contains");
    if (skip < 0 || times < 1) {
      throw new IllegalArgumentException("skip " + skip + ", times " + times);
    }
  }

  /** Every call of the operation. */
  public static CallPattern of(String service, String operation) {
    return new CallPattern(service, operation, "", 0, Integer.MAX_VALUE);
  }

  /** Only calls whose path, query or body contains this. */
  public CallPattern containing(String text) {
    return new CallPattern(service, operation, text, skip, times);
  }

  /** Only this many calls. */
  public CallPattern times(int count) {
    return new CallPattern(service, operation, contains, skip, count);
  }

  /** Only after this many calls. */
  public CallPattern skip(int count) {
    return new CallPattern(service, operation, contains, count, times);
  }

  boolean matches(String calledService, String calledOperation, Request request) {
    return service.equals(calledService)
        && (operation.equals("*") || operation.equals(calledOperation))
        && (contains.isEmpty() || request.contains(contains));
  }
}
