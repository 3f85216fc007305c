package dev.renderworker.remotion.client;

import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * One request's way to the wire: the last that asks whether it may leave, and the one that knows
 * whether it did. A request that failed before, as for want of credentials, has certainly started
 * nothing.
 */
final class Dispatch {
  private static final ExecutionAttribute<Dispatch> MARK =
      new ExecutionAttribute<>("dev.renderworker.remotion.Dispatch");

  private final BooleanSupplier goAhead;
  private volatile boolean begun;

  /**
   * Of a request that is yet to be sent.
   *
   * @param goAhead asked when the request is complete and signed
   */
  Dispatch(BooleanSupplier goAhead) {
    this.goAhead = goAhead;
  }

  boolean begun() {
    return begun;
  }

  /** To be sent along with the request, through a client that has the {@link #interceptor}. */
  ExecutionAttributes attributes() {
    return new ExecutionAttributes().putAttribute(MARK, this);
  }

  private void begin() {
    if (!goAhead.getAsBoolean()) {
      throw SdkClientException.create("The start was withheld: no go-ahead when it was to leave");
    }
    begun = true;
  }

  static ExecutionInterceptor interceptor() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeTransmission(
          Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attributes.getOptionalAttribute(MARK).ifPresent(Dispatch::begin);
      }
    };
  }
}
