package dev.renderworker.queue;

import dev.renderworker.worker.ServiceUnavailableException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Where every exception of the SDK becomes one of the worker's. */
final class SqsCalls {
  private SqsCalls() {}

  /**
   * Makes a call.
   *
   * @param what it does, to complete "Could not …"
   * @throws ServiceUnavailableException when SQS can't be reached or refuses
   */
  static <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new ServiceUnavailableException("Could not " + what + ": " + e.getMessage(), e);
    }
  }
}
