package dev.renderworker.local.crash;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The job table, as a test looks at it. */
record Records(LocalAws aws) {
  /** Nobody stops a wait here. */
  private static final StopSignal NEVER = new StopSignal();

  private static final Duration LOOK = Duration.ofMillis(100);

  /** The record; empty when there is none. */
  Map<String, AttributeValue> of(String jobId) {
    return aws.job(jobId);
  }

  /** Asks for the job's end, as the record takes it. */
  void requestCancel(String jobId) {
    aws.dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName(LocalNames.JOBS_TABLE)
                    .key(Map.of("jobId", AttributeValue.fromS(jobId)))
                    .updateExpression("SET cancelRequested = :true")
                    .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))));
  }

  String awaitText(String jobId, String attribute, Duration limit) {
    await(attribute + " of " + jobId, () -> of(jobId).containsKey(attribute), limit, () -> "");
    return of(jobId).get(attribute).s();
  }

  /** Returns when the condition holds; fails when it does not in time. */
  static void await(
      String what, BooleanSupplier condition, Duration limit, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not in time: " + what + otherwise.get());
      }
      NEVER.await(LOOK);
    }
  }
}
