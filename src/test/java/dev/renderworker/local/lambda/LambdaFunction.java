package dev.renderworker.local.lambda;

import tools.jackson.databind.JsonNode;

/** A deployed function. */
public interface LambdaFunction {
  /** How it was deployed. */
  FunctionConfiguration configuration();

  /** Runs it once. Called on many threads at once, may block. */
  FunctionOutcome invoke(JsonNode payload) throws InterruptedException;
}
