package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionConfiguration;
import dev.renderworker.local.lambda.FunctionOutcome;
import dev.renderworker.local.lambda.LambdaFunction;
import dev.renderworker.local.remotion.Render.Deployment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The render function of Remotion Lambda as its callers see it. How a render goes can be asked for:
 * see {@link Simulation}.
 */
public final class RemotionFunction implements LambdaFunction {
  private final FunctionConfiguration configuration;
  private final RenderFarm farm;
  private final StartRoutine start;
  private final StatusRoutine status;
  private final StillRoutine still;
  private volatile String version;

  /** A function of that Remotion version, such as {@code 4.0.527}. */
  public RemotionFunction(FunctionConfiguration configuration, String version, RenderFarm farm) {
    this.configuration = configuration;
    this.version = version;
    this.farm = farm;
    this.start = new StartRoutine(farm);
    this.status = new StatusRoutine(farm);
    this.still = new StillRoutine(farm);
  }

  @Override
  public FunctionConfiguration configuration() {
    return configuration;
  }

  /** The version that it answers to from now on, as after an upgrade in place. */
  public void version(String next) {
    version = next;
  }

  @Override
  public FunctionOutcome invoke(JsonNode payload) throws InterruptedException {
    String type = payload.path("type").asString("");
    farm.ledger().countRoutine(type.isEmpty() ? "unknown" : type);
    Deployment deployment = new Deployment(configuration, version);
    return switch (type) {
      case "info" ->
          Answers.returned(
              JsonNodeFactory.instance.objectNode().put("version", version).put("type", "success"));
      case "start" -> start.answer(payload, deployment);
      case "status" -> status.answer(payload, deployment);
      case "still" -> still.answer(payload, deployment);
      case String _ when payload.isNull() ->
          Answers.unhandled("TypeError", "Cannot read properties of null (reading 'type')");
      case String _ -> Answers.unhandled("Error", "Command not found: " + payload);
    };
  }
}
