package dev.renderworker.job;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Why a step of a job did not succeed, and with that what may happen to the job next.
 *
 * <p>The adapters translate what a service said into one of these cases; nobody else decides it.
 */
public sealed interface Failure {

  /** The code that record, dead letter, metric and log line carry. */
  ErrorCode code();

  /** What happened, in words for an operator; never longer than {@link #MAX_MESSAGE_LENGTH}. */
  String message();

  /** The longest message kept, in characters: error texts of the function can hold whole inputs. */
  int MAX_MESSAGE_LENGTH = 1024;

  /**
   * The job's fault: it costs the attempt, and where the code is not retryable, the job.
   *
   * @param details further lines for the record, such as the errors of each chunk
   */
  record OfJob(ErrorCode code, String message, List<String> details) implements Failure {
    /** Rejects null and trims the message. */
    public OfJob {
      requireNonNull(code, "code");
      message = trimmed(message);
      details = List.copyOf(details);
    }

    /** A failure without further details. */
    public OfJob(ErrorCode code, String message) {
      this(code, message, List.of());
    }
  }

  /** AWS asks to slow down: the job waits in place and pays nothing. Nothing was started. */
  record Throttled(ErrorCode code, String message) implements Failure {
    /** Rejects null and trims the message. */
    public Throttled {
      requireNonNull(code, "code");
      message = trimmed(message);
    }
  }

  /** The environment is broken until someone mends it: the worker pauses. Nothing was started. */
  record OfEnvironment(ErrorCode code, String message) implements Failure {
    /** Rejects null and trims the message. */
    public OfEnvironment {
      requireNonNull(code, "code");
      message = trimmed(message);
    }
  }

  /** The answer to a start was lost: a render may or may not be running. */
  record Uncertain(String message) implements Failure {
    /** Rejects null and trims the message. */
    public Uncertain {
      message = trimmed(message);
    }

    @Override
    public ErrorCode code() {
      return ErrorCode.START_UNCERTAIN;
    }
  }

  private static String trimmed(String message) {
    requireNonNull(message, "message");
    if (message.length() <= MAX_MESSAGE_LENGTH) {
      return message;
    }
    // Half of a surrogate pair is no valid UTF-8, which is what record and dead letter hold.
    boolean halved = Character.isHighSurrogate(message.charAt(MAX_MESSAGE_LENGTH - 2));
    return message.substring(0, MAX_MESSAGE_LENGTH - (halved ? 2 : 1)) + "…";
  }
}
