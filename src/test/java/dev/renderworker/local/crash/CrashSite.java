package dev.renderworker.local.crash;

import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.QUEUE_ARN;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.WorkerProcess;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Fault.When;
import dev.renderworker.local.wire.InjectedFault;
import dev.renderworker.local.wire.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue with one worker, which is killed while every job of a scene is held at its step: right
 * before the step's call takes effect, or right after that, with the answer still out.
 */
final class CrashSite implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** The search for a render that never started takes a minute; by then the messages are back. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("VISIBILITY_TIMEOUT_SECONDS", "60"),
          Map.entry("LATE_LAUNCH_SECONDS", "0"),
          Map.entry("HEARTBEAT_SECONDS", "1"),
          Map.entry("STALE_AFTER_SECONDS", "3"),
          Map.entry("RECEIVE_WAIT_SECONDS", "1"),
          Map.entry("RETRY_BACKOFF_SECONDS", "1"),
          Map.entry("RETRY_BACKOFF_MAX_SECONDS", "1"),
          Map.entry("MAX_CONCURRENT_RENDERS", "100"),
          Map.entry("PROGRESS_MIN_INTERVAL_MS", "200"),
          Map.entry("PROGRESS_MAX_INTERVAL_MS", "1000"),
          Map.entry("LOG_FORMAT", "text"));

  private final LocalAws aws;
  private final Records records;
  private final Scene scene;
  private final When when;
  private final String name;
  private final String queueUrl;

  /** By step, or by call where steps share it. */
  private final Map<Object, InjectedFault> holds = new HashMap<>();

  /** What keeps renders from being started, until the kill. */
  private final List<InjectedFault> troubles = new ArrayList<>();

  private final List<WorkerProcess> workers = new ArrayList<>();

  CrashSite(LocalAws aws, Scene scene, When when) {
    this.aws = aws;
    this.records = new Records(aws);
    this.scene = scene;
    this.when = when;
    this.name = ("crash-" + scene + "-" + when).toLowerCase(Locale.ROOT).replace('_', '-');
    this.queueUrl = queue();
  }

  private String queue() {
    String deadLetterArn =
        aws.sqs()
            .getQueueAttributes(
                get -> get.queueUrl(aws.deadLetterQueueUrl()).attributeNames(QUEUE_ARN))
            .attributes()
            .get(QUEUE_ARN);
    Map<QueueAttributeName, String> attributes =
        Map.of(
            REDRIVE_POLICY,
            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"20\"}".formatted(deadLetterArn));
    return aws.sqs()
        .createQueue(create -> create.queueName(name).attributes(attributes))
        .queueUrl();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.putAll(SETTINGS);
    environment.put("SQS_QUEUE_URL", queueUrl);
    if (scene == Scene.TAKEN_OVER || scene == Scene.QUIET) {
      environment.put("VISIBILITY_TIMEOUT_SECONDS", "30");
    }
    return environment;
  }

  void startWorker() {
    Path log = Path.of("target", name + "-" + workers.size() + ".log");
    workers.add(WorkerProcess.start(environment(), log));
  }

  Scene scene() {
    return scene;
  }

  When when() {
    return when;
  }

  List<Step> steps() {
    return Step.of(scene);
  }

  String queueUrl() {
    return queueUrl;
  }

  String jobId(Step step) {
    return name + "." + step.label().replace(' ', '-') + ".";
  }

  /** Starts a worker, sends every job and returns when each is held at its step. */
  void hold() throws InterruptedException {
    switch (scene) {
      case ORDINARY, QUIET -> holdOnTheWay();
      case THROTTLED -> {
        trouble(new Fault.Refuse(Refusal.THROTTLED));
        holdOnTheWay();
      }
      case DENIED -> {
        trouble(new Fault.Refuse(Refusal.ACCESS_DENIED));
        holdOnTheWay();
      }
      case STOPPING -> holdAtTheStop();
      case TAKEN_OVER -> holdTheSecond();
    }
  }

  private void trouble(Fault.Effect effect) {
    for (Step step : steps()) {
      CallPattern starts = CallPattern.of("lambda", "Invoke").containing(jobId(step));
      troubles.add(aws.faults().inject(Fault.before(starts, effect)));
    }
  }

  /**
   * A worker whose claims are held for long thinks the table unavailable and takes no more
   * messages, so these come last.
   */
  private void holdOnTheWay() throws InterruptedException {
    startWorker();
    // A call that is known by its queue is that of the one job that can have got so far.
    for (Step step : steps()) {
      switch (step.call()) {
        case Call.OfJob _ -> {}
        case Call.OfQueue call -> {
          hold(call, call.pattern(queueUrl), when);
          send(step);
          awaitHeld(call, step);
        }
        case Call.OfRender call -> {
          send(step);
          hold(call, call.pattern(awaitRender(step)), when);
          awaitHeld(call, step);
        }
        case Call.AfterCancel call -> {
          send(step);
          awaitRender(step);
          hold(call, call.pattern(), when);
          records.requestCancel(jobId(step));
          awaitHeld(call, step);
        }
      }
    }
    holdJobs(steps().stream().filter(step -> !step.call().equals(Call.CLAIM)).toList());
    holdJobs(steps().stream().filter(step -> step.call().equals(Call.CLAIM)).toList());
  }

  private void holdJobs(List<Step> some) throws InterruptedException {
    for (Step step : some) {
      if (step.call() instanceof Call.OfJob call) {
        hold(step, call.pattern(jobId(step)), when);
        send(step);
      }
    }
    awaitHeldJobs(some);
  }

  private void holdAtTheStop() throws InterruptedException {
    startWorker();
    steps().forEach(this::send);
    steps().forEach(this::awaitRender);
    for (Step step : steps()) {
      switch (step.call()) {
        case Call.OfJob call -> hold(step, call.pattern(jobId(step)), when);
        case Call.OfQueue call -> hold(step, call.pattern(queueUrl), when);
        case Call.OfRender _, Call.AfterCancel _ -> throw new AssertionError(step);
      }
    }
    workers.getLast().terminate();
    for (Step step : steps()) {
      awaitHeld(step, step);
    }
  }

  private void holdTheSecond() throws InterruptedException {
    startWorker();
    for (Step step : steps()) {
      hold(step, ((Call.OfJob) Call.START).pattern(jobId(step)), When.AFTER);
      send(step);
    }
    awaitHeldJobs(steps());
    crash();
    for (Step step : steps()) {
      hold(step, ((Call.OfJob) step.call()).pattern(jobId(step)), when);
    }
    startWorker();
    awaitHeldJobs(steps());
  }

  private void awaitHeldJobs(List<Step> some) throws InterruptedException {
    for (Step step : some) {
      if (step.call() instanceof Call.OfJob) {
        awaitHeld(step, step);
      }
    }
  }

  private String awaitRender(Step step) {
    return records.awaitText(jobId(step), "renderId", LIMIT);
  }

  private void send(Step step) {
    String body = step.life().body(jobId(step));
    aws.sqs().sendMessage(send -> send.queueUrl(queueUrl).messageBody(body));
  }

  private void hold(Object key, CallPattern pattern, When when) {
    holds.computeIfAbsent(
        key, _ -> aws.faults().inject(new Fault(pattern, new Fault.Hold(), when)));
  }

  private void awaitHeld(Object key, Step step) throws InterruptedException {
    if (!holds.get(key).awaitHeld(1, LIMIT)) {
      throw new AssertionError("not held: " + jobId(step) + "\n" + workers.getLast().output());
    }
  }

  /** Kills the worker. What it had asked for has happened, or never will. */
  void crash() {
    workers.getLast().kill();
    for (InjectedFault hold : holds.values()) {
      hold.discard();
      aws.faults().remove(hold);
    }
    holds.clear();
    troubles.forEach(aws.faults()::remove);
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
