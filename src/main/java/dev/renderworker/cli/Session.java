package dev.renderworker.cli;

import dev.renderworker.credentials.WorkerIdentity;
import dev.renderworker.jobtable.JobReader;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.queue.SqsClients;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a command for people works with: queue and tables, as whoever runs the command. */
final class Session implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final CommandSettings settings;
  private final WorkerIdentity identity = new WorkerIdentity();
  private final SqsClients sqs;
  private final Tables tables;

  private Session(CommandSettings settings) {
    Region region = Region.of(settings.region());
    this.settings = settings;
    this.sqs = SqsClients.open(region, identity.credentials(), Duration.ZERO);
    this.tables = Tables.open(region, identity.credentials(), settings.tables(), CONNECTIONS);
  }

  /**
   * Opens one by the environment's settings.
   *
   * @throws MisconfiguredException listing every mistake
   */
  static Session open() {
    new Logging().forCommand();
    return new Session(CommandSettings.parse(System.getenv()));
  }

  /**
   * The queue of render requests.
   *
   * @throws MisconfiguredException when it is not configured
   */
  URI queueUrl() {
    return settings
        .queueUrl()
        .orElseThrow(() -> new MisconfiguredException("SQS_QUEUE_URL: is missing"));
  }

  SqsClient sqs() {
    return sqs.working();
  }

  JobReader jobs() {
    return new JobReader(tables);
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
