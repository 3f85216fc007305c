package dev.renderworker.local.wire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What shall go wrong, with which calls.
 *
 * @param calls the calls that it befalls
 * @param effect what befalls them
 * @param when before or after the call took effect
 */
public record Fault(CallPattern calls, Effect effect, When when) {
  public Fault {
    requireNonNull(calls, "calls");
    requireNonNull(effect, "effect");
    requireNonNull(when, "when");
  }

  /** Whether the call has taken effect when its fault comes. */
  public enum When {
    /** The service has not seen the call. */
    BEFORE,
    /** The service has done what was asked; only the answer is at stake. */
    AFTER
  }

  /** What befalls a call. */
  public sealed interface Effect {}

  /** The call takes this much longer. */
  public record Delay(Duration duration) implements Effect {}

  /** The call is refused in the service's own words. */
  public record Refuse(Refusal refusal) implements Effect {}

  /** The call is answered with this error. */
  public record Fail(AwsError error) implements Effect {}

  /** The connection is closed without an answer. */
  public record Drop() implements Effect {}

  /**
   * The first call is answered as ever; the others get that same answer and are not made. To a
   * receive that is a duplicate delivery.
   */
  public record Repeat() implements Effect {}

  /** The call waits until the fault is released or discarded. */
  public record Hold() implements Effect {}

  /** This effect on these calls before they take effect. */
  public static Fault before(CallPattern calls, Effect effect) {
    return new Fault(calls, effect, When.BEFORE);
  }

  /** This effect on these calls after they took effect. */
  public static Fault after(CallPattern calls, Effect effect) {
    return new Fault(calls, effect, When.AFTER);
  }
}
