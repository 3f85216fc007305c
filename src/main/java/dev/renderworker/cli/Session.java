package dev.renderworker.cli;

import dev.renderworker.credentials.WorkerIdentity;
import dev.renderworker.jobtable.DynamoJobArchive;
import dev.renderworker.jobtable.DynamoJobOrders;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.message.MessageParser;
import dev.renderworker.operations.JobArchive;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.LostRule;
import dev.renderworker.operations.OperationPorts;
import dev.renderworker.operations.Operations;
import dev.renderworker.queue.SqsClients;
import dev.renderworker.queue.SqsDeadLetterQueue;
import dev.renderworker.queue.SqsRequestQueue;
import dev.renderworker.remotion.request.RequestRules;
import dev.renderworker.worker.MessageReader;
import dev.renderworker.worker.StopSignal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.regions.Region;

/** What a command for people works with: queue and tables, as whoever runs the command. */
final class Session implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final CommandSettings settings;
  private final StopSignal stop;
  private final WorkerIdentity identity = new WorkerIdentity();
  private final SqsClients sqs;
  private final Tables tables;

  private Session(CommandSettings settings, StopSignal stop) {
    Region region = Region.of(settings.region());
    this.settings = settings;
    this.stop = stop;
    this.sqs = SqsClients.open(region, identity.credentials(), Duration.ZERO, List.of());
    this.tables =
        Tables.open(region, identity.credentials(), settings.tables(), CONNECTIONS, List.of());
  }

  /**
   * Opens one by the environment's settings.
   *
   * @throws MisconfiguredException listing every mistake
   */
  static Session open(Surroundings surroundings) {
    new Logging().forCommand();
    return new Session(CommandSettings.parse(surroundings.environment()), surroundings.stop());
  }

  /**
   * The queue of render requests.
   *
   * @throws MisconfiguredException when it is not configured
   */
  private URI queueUrl() {
    return settings
        .queueUrl()
        .orElseThrow(() -> new MisconfiguredException("SQS_QUEUE_URL: is missing"));
  }

  /** The records of jobs and workers; the queue need not be configured for these. */
  JobArchive archive() {
    return new DynamoJobArchive(tables);
  }

  /**
   * Everything that people may ask for.
   *
   * @throws MisconfiguredException when the queue is not configured
   */
  Operations operations() {
    return new Operations(
        ports(contract()::parse, sqs, queueUrl(), tables),
        settings.lostRule(),
        InstantSource.system(),
        stop);
  }

  /** What the operations need, of queue and tables as they are; these stay open. */
  static OperationPorts ports(MessageReader reader, SqsClients sqs, URI queueUrl, Tables tables) {
    return new OperationPorts(
        reader,
        new DynamoJobArchive(tables),
        new DynamoJobOrders(tables),
        new SqsRequestQueue(sqs.working(), queueUrl),
        new SqsDeadLetterQueue(sqs.working(), queueUrl));
  }

  /** The same jobs, the lost ones marked; without a queue to look at, none is. */
  List<JobView> flagged(List<JobView> jobs) {
    return settings.queueUrl().isPresent() ? operations().lostJobs().flagged(jobs) : jobs;
  }

  LostRule lostRule() {
    return settings.lostRule();
  }

  /** The message contract, with what is known of the render function's own. */
  static MessageParser contract() {
    return new MessageParser(RequestRules::violations);
  }

  @Override
  public void close() {
    try (identity;
        sqs;
        tables) {
      // Closed in reverse order.
    }
  }
}
