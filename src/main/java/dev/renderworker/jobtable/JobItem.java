package dev.renderworker.jobtable;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Job;
import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.Ownership;
import dev.renderworker.job.RenderHandle;
import dev.renderworker.job.Tries;
import dev.renderworker.job.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A job's record as DynamoDB gives it, whole or in parts; empty where there is none. */
record JobItem(Map<String, AttributeValue> attributes) {

  /** The attributes that {@link #toJob} reads, as a projection. */
  static final Statement JOB =
      Statement.of(
          "jobId, #status, attempt, earlierAttempts, unchargedAttempts, #owner, retryAt,"
              + " updatedAt, startedAt, takenOverAt, deadLetteredAt, messageId, fingerprint, renderId, bucketName, functionName,"
              + " #region, cancelRequested, errorCode, errorMessage",
          "",
          "");

  Job toJob() {
    return new Job(
        new JobId(text("jobId").orElseThrow()),
        state(),
        text("messageId"),
        text("fingerprint"),
        render(),
        flag("cancelRequested"),
        text("errorCode")
            .map(code -> new Job.LastError(errorCode(code), text("errorMessage").orElse(""))));
  }

  private Job.State state() {
    return new Job.State(
        status().orElseThrow(),
        new Tries(number("attempt"), number("earlierAttempts"), number("unchargedAttempts")),
        text("owner").map(WorkerId::new),
        new Job.Times(
            instant("updatedAt").orElseThrow(),
            instant("startedAt"),
            instant("takenOverAt"),
            instant("retryAt")),
        attributes.containsKey("deadLetteredAt"));
  }

  private Optional<RenderHandle> render() {
    return text("renderId")
        .map(
            id ->
                new RenderHandle(
                    id,
                    text("bucketName").orElseThrow(),
                    text("functionName").orElseThrow(),
                    text("region").orElseThrow()));
  }

  /** A newer version may know more codes; the record stays readable. */
  private static ErrorCode errorCode(String name) {
    try {
      return ErrorCode.valueOf(name);
    } catch (IllegalArgumentException _) {
      return ErrorCode.INTERNAL_ERROR;
    }
  }

  Optional<JobStatus> status() {
    return text("status").map(JobStatus::valueOf);
  }

  /** Whether nothing has changed since the job was seen like this. */
  boolean isStill(Job seen) {
    return !attributes.isEmpty() && toJob().state().equals(seen.state());
  }

  /** Whether the job belongs to that attempt of that worker. */
  boolean isHeldBy(Ownership ownership) {
    return text("owner").equals(Optional.of(ownership.owner().value()))
        && number("attempt") == ownership.attempt();
  }

  /** Whether that worker was the last to hold the job, and let it go at that attempt. */
  boolean wasLetGoBy(WorkerId worker, int attempt) {
    return !attributes.containsKey("owner")
        && text("lastOwner").equals(Optional.of(worker.value()))
        && number("attempt") == attempt;
  }

  List<AttributeValue> history() {
    AttributeValue history = attributes.get("history");
    return history == null ? List.of() : history.l();
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  Optional<Instant> instant(String name) {
    return text(name).map(Timestamps::instant);
  }

  private int number(String name) {
    AttributeValue value = attributes.get(name);
    return value == null ? 0 : Integer.parseInt(value.n());
  }

  boolean flag(String name) {
    AttributeValue value = attributes.get(name);
    return value != null && Boolean.TRUE.equals(value.bool());
  }
}
