package dev.renderworker.cli;

import dev.renderworker.completion.CompletionTarget;
import dev.renderworker.credentials.RoleSettings;
import dev.renderworker.http.HttpSettings;
import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.RetryBackoff;
import dev.renderworker.job.RetryRule;
import dev.renderworker.jobtable.TableSettings;
import dev.renderworker.operations.LostRule;
import dev.renderworker.queue.QueueSettings;
import dev.renderworker.remotion.RemotionSettings;
import dev.renderworker.remotion.client.RemotionDefaults;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.worker.PollPace;
import dev.renderworker.worker.WorkerSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes each feature's settings of checked values. */
final class SettingsReader {
  /** A cold start of the render function takes a few seconds; then its render id is written. */
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final Values values;

  SettingsReader(Values values) {
    this.values = values;
  }

  Settings daemon() {
    return new Settings(queue(), tables(), role(), remotion(), work(), http(), log());
  }

  CommandSettings command() {
    return new CommandSettings(
        values.text(Variable.AWS_REGION),
        values.find(Variable.SQS_QUEUE_URL).map(URI::create),
        tables(),
        lostRule());
  }

  LostRule lostRule() {
    return new LostRule(
        values.seconds(Variable.STALE_AFTER_SECONDS),
        values.seconds(Variable.VISIBILITY_TIMEOUT_SECONDS));
  }

  private QueueSettings queue() {
    return new QueueSettings(
        URI.create(values.text(Variable.SQS_QUEUE_URL)),
        values.seconds(Variable.RECEIVE_WAIT_SECONDS),
        values.seconds(Variable.VISIBILITY_TIMEOUT_SECONDS));
  }

  private TableSettings tables() {
    return new TableSettings(
        values.text(Variable.JOBS_TABLE),
        values.text(Variable.WORKERS_TABLE),
        Duration.ofDays(values.number(Variable.JOB_RETENTION_DAYS)));
  }

  private RoleSettings role() {
    return new RoleSettings(
        values.text(Variable.REMOTION_ROLE_ARN),
        values.text(Variable.REMOTION_ROLE_SESSION_NAME),
        values.seconds(Variable.REMOTION_ROLE_SESSION_SECONDS),
        values.find(Variable.REMOTION_ROLE_EXTERNAL_ID));
  }

  private RemotionSettings remotion() {
    return new RemotionSettings(
        new RemotionDefaults(
            values.text(Variable.AWS_REGION),
            values.find(Variable.REMOTION_FUNCTION_NAME),
            values.find(Variable.REMOTION_SERVE_URL),
            values.find(Variable.REMOTION_BUCKET_NAME),
            values.flag(Variable.REMOTION_ENABLE_CANCELLATION)),
        new InputBuckets(values.list(Variable.INPUT_BUCKETS)),
        values.seconds(Variable.LATE_LAUNCH_SECONDS),
        values.flag(Variable.REMOTION_ONE_OUTPUT_PER_JOB));
  }

  private Optional<HttpSettings> http() {
    return values
        .find(Variable.PORT)
        .map(
            port ->
                new HttpSettings(
                    new InetSocketAddress(
                        values.text(Variable.BIND_ADDRESS), Integer.parseInt(port)),
                    new HttpSettings.Credentials(
                        values.text(Variable.API_USERNAME), values.text(Variable.API_PASSWORD)),
                    values.find(Variable.REMOTION_DEFAULT_COMPOSITION),
                    values.seconds(Variable.STALE_AFTER_SECONDS)));
  }

  private Settings.Work work() {
    return new Settings.Work(
        worker(),
        new ClaimRule(values.seconds(Variable.STALE_AFTER_SECONDS)),
        new RetryRule(values.number(Variable.MAX_ATTEMPTS), backoff()),
        new PollPace(
            values.millis(Variable.PROGRESS_MIN_INTERVAL_MS),
            values.millis(Variable.PROGRESS_MAX_INTERVAL_MS)),
        values.find(Variable.COMPLETION_TARGET_ARN).map(CompletionTarget::of));
  }

  private WorkerSettings worker() {
    return new WorkerSettings(
        values.number(Variable.MAX_CONCURRENT_RENDERS),
        values.seconds(Variable.VISIBILITY_TIMEOUT_SECONDS),
        values.seconds(Variable.HEARTBEAT_SECONDS),
        STOP_GRACE);
  }

  private RetryBackoff backoff() {
    return new RetryBackoff(
        values.seconds(Variable.RETRY_BACKOFF_SECONDS),
        values.seconds(Variable.RETRY_BACKOFF_MAX_SECONDS));
  }

  private Settings.Log log() {
    Optional<Boolean> json =
        values
            .find(Variable.LOG_FORMAT)
            .filter(format -> !format.equals("auto"))
            .map("json"::equals);
    return new Settings.Log(json, values.text(Variable.LOG_LEVEL));
  }
}
