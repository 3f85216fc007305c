package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionOutcome;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two ways in which the function says that something went wrong (Remotion Lambda protocol,
 * 1.2).
 */
final class Answers {
  private Answers() {}

  /** Thrown by the handler: the runtime marks the answer. */
  static FunctionOutcome unhandled(String type, String message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("errorType", type).put("errorMessage", message);
    json.putArray("trace")
        .add(type + ": " + message)
        .add("    at gNe (/var/task/index.js:152:106937)")
        .add("    at async run (/var/runtime/runtime.cjs:87:3)");
    return new FunctionOutcome.Unhandled(json.toString());
  }

  /** Caught by the routine: an ordinary answer of type {@code error}. */
  static FunctionOutcome error(String name, String message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "error")
        .put("message", message)
        .put("stack", name + ": " + message + "\n    at HFe (/var/task/index.js:152:89937)");
    return returned(json);
  }

  static FunctionOutcome returned(ObjectNode json) {
    return new FunctionOutcome.Returned(json.toString());
  }
}
