package dev.renderworker.completion;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.worker.CompletionNotices;
import dev.renderworker.worker.ServiceUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Tells the target of a job's end what the job's record says. */
public final class CompletionSender implements CompletionNotices, AutoCloseable {
  private final Function<JobId, Optional<Map<String, Object>>> records;
  private final Publisher publisher;

  /**
   * Prepares to send; the target is first called at the first end.
   *
   * @param records finds a job's record, as of now
   * @param credentials the worker's own; stay open
   * @param observers hear of every call; stay open
   */
  public CompletionSender(
      CompletionTarget target,
      Function<JobId, Optional<Map<String, Object>>> records,
      AwsCredentialsProvider credentials,
      List<MetricPublisher> observers) {
    this(target, records, new TargetAccess(credentials, Optional.empty(), observers));
  }

  CompletionSender(
      CompletionTarget target,
      Function<JobId, Optional<Map<String, Object>>> records,
      TargetAccess access) {
    this.records = records;
    this.publisher = publisher(target, access);
  }

  private static Publisher publisher(CompletionTarget target, TargetAccess access) {
    String region = target.region();
    return switch (target.service()) {
      case SNS -> new TopicPublisher(access.open(SnsClient.builder(), region), target);
      case EVENTS -> new BusPublisher(access.open(EventBridgeClient.builder(), region), target);
      case SQS -> new QueuePublisher(access.open(SqsClient.builder(), region), target);
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>A record that has moved on since, as by a retry, is told of at its next end.
   */
  @Override
  public void send(JobId job) {
    records
        .apply(job)
        .filter(CompletionSender::ended)
        .map(CompletionEvent::of)
        .ifPresent(this::send);
  }

  private static boolean ended(Map<String, Object> job) {
    return JobStatus.valueOf(job.get("status").toString()).isFinal();
  }

  private void send(CompletionEvent event) {
    try {
      publisher.publish(event);
    } catch (SdkException e) {
      throw new ServiceUnavailableException(
          "Could not tell of the end of " + event.jobId() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    publisher.close();
  }
}
