package dev.renderworker.local;

import java.util.Locale;

/** Everything that listens. */
public enum LocalService {
  /** ElasticMQ behind a gate. */
  SQS,
  /** DynamoDB Local behind a gate. */
  DYNAMODB,
  /** The token service. */
  STS,
  /** The functions. */
  LAMBDA,
  /** The buckets. */
  S3,
  /** The instance metadata service. */
  IMDS,
  /** Counts and faults, for other processes. */
  CONTROL;

  /** The name in faults and counts. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
