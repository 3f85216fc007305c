package dev.renderworker.local;

import dev.renderworker.local.lambda.FunctionConfiguration;
import dev.renderworker.local.lambda.Functions;
import dev.renderworker.local.remotion.EventQueue;
import dev.renderworker.local.remotion.RemotionFunction;
import dev.renderworker.local.remotion.RenderFarm;
import dev.renderworker.local.remotion.RenderLedger;
import dev.renderworker.local.s3.ObjectStore;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions, buckets, and the renders between them. */
final class RemotionWorld {
  private static final Pattern NAME = Pattern.compile(".*-mem(\\d+)mb-disk(\\d+)mb-(\\d+)sec");

  private final ObjectStore store = new ObjectStore();
  private final Functions functions = new Functions(LocalNames.REGION);
  private final EventQueue events;
  private final RenderLedger ledger;
  private final RenderFarm farm;
  private final RemotionFunction function;

  RemotionWorld(LocalAwsOptions options) {
    events = new EventQueue(options.clock());
    ledger = new RenderLedger(options.clock());
    farm = new RenderFarm(store, options.clock(), events, ledger, options.renders());
    store.createBucket(LocalNames.BUCKET);
    function = deploy(LocalNames.FUNCTION, LocalNames.VERSION);
  }

  RemotionFunction deploy(String name, String version) {
    RemotionFunction deployed = new RemotionFunction(configuration(name), version, farm);
    functions.deploy(deployed);
    return deployed;
  }

  /** By the naming convention where the name follows it (Remotion Lambda protocol, 5.4). */
  private static FunctionConfiguration configuration(String name) {
    Matcher matcher = NAME.matcher(name);
    boolean told = matcher.matches();
    return new FunctionConfiguration(
        name,
        LocalNames.REGION,
        told ? Integer.parseInt(matcher.group(1)) : 2048,
        told ? Integer.parseInt(matcher.group(2)) : 2048,
        Duration.ofSeconds(told ? Integer.parseInt(matcher.group(3)) : 120));
  }

  ObjectStore store() {
    return store;
  }

  Functions functions() {
    return functions;
  }

  EventQueue events() {
    return events;
  }

  RemotionFunction function() {
    return function;
  }

  RenderLedger renders() {
    events.runDue();
    return ledger;
  }
}
