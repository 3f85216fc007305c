package dev.renderworker.remotion.client;

import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Notes for one request whether it got as far as the wire. A request that failed before, as for
 * want of credentials, has certainly started nothing.
 */
final class Dispatch {
  private static final ExecutionAttribute<AtomicBoolean> MARK =
      new ExecutionAttribute<>("dev.renderworker.remotion.Dispatch");

  private final AtomicBoolean begun = new AtomicBoolean();

  boolean begun() {
    return begun.get();
  }

  /** To be sent along with the request, through a client that has the {@link #interceptor}. */
  ExecutionAttributes attributes() {
    return new ExecutionAttributes().putAttribute(MARK, begun);
  }

  static ExecutionInterceptor interceptor() {
    return new ExecutionInterceptor() {
      @Override
      public void beforeTransmission(
          Context.BeforeTransmission context, ExecutionAttributes attributes) {
        attributes.getOptionalAttribute(MARK).ifPresent(begun -> begun.set(true));
      }
    };
  }
}
