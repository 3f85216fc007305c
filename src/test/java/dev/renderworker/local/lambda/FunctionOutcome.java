package dev.renderworker.local.lambda;

/** How one invocation ended. */
public sealed interface FunctionOutcome {
  /** The JSON that goes to the caller. */
  String payload();

  /** The handler returned. */
  record Returned(String payload) implements FunctionOutcome {}

  /** The handler threw; the runtime has described the exception. */
  record Unhandled(String payload) implements FunctionOutcome {}
}
