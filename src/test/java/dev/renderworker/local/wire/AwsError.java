package dev.renderworker.local.wire;

import static java.util.Objects.requireNonNull;

/**
 * An error as the SDK reads it.
 *
 * @param status the HTTP status
 * @param code the error's name, such as {@code TooManyRequestsException}
 * @param message the text for people
 */
public record AwsError(int status, String code, String message) {
  public AwsError {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status " + status);
    }
    requireNonNull(code, "code");
    requireNonNull(message, "message");
  }
}
