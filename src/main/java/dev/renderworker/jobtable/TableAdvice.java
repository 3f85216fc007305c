package dev.renderworker.jobtable;

import dev.renderworker.check.Finding;
import java.util.List;

/** Says what the tables lack, and how to make it. */
final class TableAdvice {
  /** The attribute by which DynamoDB forgets an item. */
  static final String EXPIRY = "expiresAt";

  private static final String MISSING = "There is no table %s in this account and region.";
  private static final String OR_MAKE_IT = "Check name and region, or make it:\n";

  private TableAdvice() {}

  static Finding.Broken unreachable(String check, String problem) {
    return new Finding.Broken(
        check,
        problem,
        "Check the way to DynamoDB; whoever runs the worker needs dynamodb:DescribeTable and"
            + " dynamodb:DescribeTimeToLive on it.");
  }

  static Finding.Broken noJobsTable(String check, String name) {
    return new Finding.Broken(
        check,
        MISSING.formatted(name),
        OR_MAKE_IT
            + """
              aws dynamodb create-table --table-name %1$s --billing-mode PAY_PER_REQUEST \
            --attribute-definitions AttributeName=jobId,AttributeType=S AttributeName=status,AttributeType=S \
            AttributeName=updatedAt,AttributeType=S --key-schema AttributeName=jobId,KeyType=HASH \
            --global-secondary-indexes '[{"IndexName":"%2$s","KeySchema":[{"AttributeName":"status",\
            "KeyType":"HASH"},{"AttributeName":"updatedAt","KeyType":"RANGE"}],\
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]'
            %3$s"""
                .formatted(name, StatusIndex.NAME, expiry(name)));
  }

  static Finding.Broken noWorkersTable(String check, String name) {
    return new Finding.Broken(
        check,
        MISSING.formatted(name),
        OR_MAKE_IT
            + """
              aws dynamodb create-table --table-name %1$s --billing-mode PAY_PER_REQUEST \
            --attribute-definitions AttributeName=workerId,AttributeType=S \
            --key-schema AttributeName=workerId,KeyType=HASH
            %2$s"""
                .formatted(name, expiry(name)));
  }

  static Finding.Broken wrongKey(String check, String name, List<String> key, List<String> wanted) {
    return new Finding.Broken(
        check,
        "Table %s has the key %s, not %s.".formatted(name, key, wanted),
        "Name another table.");
  }

  static Finding.Broken noIndex(String check, String name) {
    return new Finding.Broken(
        check,
        "Table %s lacks the index %s by status and updatedAt.".formatted(name, StatusIndex.NAME),
        """
        Make it:
          aws dynamodb update-table --table-name %1$s --attribute-definitions \
        AttributeName=status,AttributeType=S AttributeName=updatedAt,AttributeType=S \
        --global-secondary-index-updates '[{"Create":{"IndexName":"%2$s","KeySchema":\
        [{"AttributeName":"status","KeyType":"HASH"},{"AttributeName":"updatedAt","KeyType":"RANGE"}],\
        "Projection":{"ProjectionType":"KEYS_ONLY"}}}]'"""
            .formatted(name, StatusIndex.NAME));
  }

  static Finding.Weak noExpiry(String check, String name) {
    return new Finding.Weak(
        check,
        "Table %s never forgets: its time to live is not by %s.".formatted(name, EXPIRY),
        "Switch it on:\n" + expiry(name));
  }

  private static String expiry(String name) {
    return "  aws dynamodb update-time-to-live --table-name %s".formatted(name)
        + " --time-to-live-specification Enabled=true,AttributeName="
        + EXPIRY;
  }
}
