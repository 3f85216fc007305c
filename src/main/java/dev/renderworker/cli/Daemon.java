package dev.renderworker.cli;

import dev.renderworker.completion.CompletionSender;
import dev.renderworker.credentials.RoleSession;
import dev.renderworker.credentials.WorkerIdentity;
import dev.renderworker.job.WorkerId;
import dev.renderworker.jobtable.DynamoJobArchive;
import dev.renderworker.jobtable.DynamoJobLedger;
import dev.renderworker.jobtable.DynamoWorkerRegistry;
import dev.renderworker.jobtable.TableInspection;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.message.MessageParser;
import dev.renderworker.metrics.Metrics;
import dev.renderworker.operations.JobView;
import dev.renderworker.queue.QueueFacts;
import dev.renderworker.queue.QueueFinding;
import dev.renderworker.queue.QueueInspection;
import dev.renderworker.queue.SqsClients;
import dev.renderworker.queue.SqsRenderQueue;
import dev.renderworker.remotion.LambdaRenderer;
import dev.renderworker.remotion.client.AwsAccess;
import dev.renderworker.systemd.SystemdNotifier;
import dev.renderworker.worker.JobRules;
import dev.renderworker.worker.Ports;
import dev.renderworker.worker.Records;
import dev.renderworker.worker.StopSignal;
import dev.renderworker.worker.Worker;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;

/** The worker with everything that it works with, wired by constructors. */
final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  /** Each job blocks a thread of its own; so many at once write, or talk to Lambda or S3. */
  private static final int TABLE_CONNECTIONS = 32;

  private static final int RENDER_CONNECTIONS = 64;

  private final Settings settings;
  private final boolean allowNoDeadLetterQueue;
  private final InstantSource clock = InstantSource.system();
  private final Metrics metrics = new Metrics(clock);

  Daemon(Settings settings, boolean allowNoDeadLetterQueue) {
    this.settings = settings;
    this.allowNoDeadLetterQueue = allowNoDeadLetterQueue;
  }

  /**
   * Works until the stop signal.
   *
   * @throws MisconfiguredException when queue or tables are not as needed
   */
  void run(StopSignal stop) {
    Region region = Region.of(settings.region());
    List<MetricPublisher> calls = List.of(metrics.aws());
    try (metrics;
        var identity = new WorkerIdentity();
        var sqs =
            SqsClients.open(region, identity.credentials(), settings.queue().receiveWait(), calls);
        var tables =
            Tables.open(
                region, identity.credentials(), settings.tables(), TABLE_CONNECTIONS, calls);
        var listeners = listeners(tables, identity, calls);
        var role = new RoleSession(settings.role(), region, identity.credentials(), calls);
        var renderer =
            new LambdaRenderer(
                settings.remotion(), access(role, calls), clock, new Random(), stop)) {
      metrics.showCredentials(role::lastExpiry);
      QueueFacts facts = inspect(sqs);
      StartCheck.heed(new TableInspection(tables).inspect());
      try (var queue = queue(sqs, facts)) {
        var ports =
            new Ports(
                contract(renderer)::parse,
                queue,
                new Records(new DynamoJobLedger(tables), new DynamoWorkerRegistry(tables)),
                renderer,
                listeners.audience());
        work(ports, facts, new HttpApi.Services(sqs, tables, ports.reader(), clock), stop);
      }
    }
  }

  private Listeners listeners(Tables tables, WorkerIdentity identity, List<MetricPublisher> calls) {
    var archive = new DynamoJobArchive(tables);
    return new Listeners(
        metrics,
        settings
            .work()
            .completionTarget()
            .map(
                target ->
                    new CompletionSender(
                        target,
                        job -> archive.find(job).map(JobView::attributes),
                        identity.credentials(),
                        calls)));
  }

  /** What is counted, also before it runs. */
  Metrics metrics() {
    return metrics;
  }

  private MessageParser contract(LambdaRenderer renderer) {
    return new MessageParser(settings.remotion().inputBuckets()::violations, renderer::body);
  }

  private void work(Ports ports, QueueFacts facts, HttpApi.Services services, StopSignal stop) {
    WorkerId me = new Identity().next();
    log.info(
        "Worker {} takes up to {} jobs at once from {}",
        me,
        settings.work().worker().maxConcurrentRenders(),
        facts.url());
    var worker = new Worker(me, ports, rules(facts), clock, stop);
    metrics.show(worker, settings.work().worker().maxConcurrentRenders());
    ports.renderer().check().ifPresent(worker::pause);
    var systemd = SystemdNotifier.from(System.getenv());
    try (var report = new SystemdReport(systemd, worker, stop);
        var _ = HttpApi.open(settings, services, new ThisWorker(me, worker, stop, metrics), stop)) {
      report.start();
      worker.run();
    }
    log.info("Stopped");
  }

  private SqsRenderQueue queue(SqsClients sqs, QueueFacts facts) {
    return new SqsRenderQueue(
        sqs, settings.queue(), facts.deadLetters().map(QueueFacts.DeadLetters::url), clock);
  }

  private QueueFacts inspect(SqsClients sqs) {
    QueueFinding found = new QueueInspection(sqs.working(), settings.queue().queueUrl()).inspect();
    return switch (found) {
      case QueueFinding.Ready(var facts) -> {
        StartCheck.heed(facts.findings());
        yield facts;
      }
      case QueueFinding.NoDeadLetters(var facts, var why) -> {
        if (!allowNoDeadLetterQueue) {
          throw new MisconfiguredException(why.advice());
        }
        log.warn("The queue has no dead-letter queue; what can't be rendered is only in the table");
        yield facts;
      }
      case QueueFinding.Missing(var why) -> throw new MisconfiguredException(why.advice());
    };
  }

  private Worker.Rules rules(QueueFacts facts) {
    Settings.Work work = settings.work();
    int maxReceiveCount =
        facts.deadLetters().map(QueueFacts.DeadLetters::maxReceiveCount).orElse(Integer.MAX_VALUE);
    return new Worker.Rules(
        work.worker(),
        new JobRules(work.claimRule(), work.retryRule(), work.pollPace(), maxReceiveCount));
  }

  /** The endpoints are the SDK's own choice. */
  private static AwsAccess access(RoleSession role, List<MetricPublisher> calls) {
    return new AwsAccess(
        role.credentials(), role::renew, AwsAccess.Endpoints.STANDARD, RENDER_CONNECTIONS, calls);
  }
}
