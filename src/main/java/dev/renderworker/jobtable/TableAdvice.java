package dev.renderworker.jobtable;

/** Says how to make what the tables lack. */
final class TableAdvice {
  private TableAdvice() {}

  static String noJobsTable(String name) {
    return """
    There is no table %1$s in this account and region. Check name and region, or make it:
      aws dynamodb create-table --table-name %1$s --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=jobId,AttributeType=S AttributeName=status,AttributeType=S \
    AttributeName=updatedAt,AttributeType=S --key-schema AttributeName=jobId,KeyType=HASH \
    --global-secondary-indexes '[{"IndexName":"%2$s","KeySchema":[{"AttributeName":"status",\
    "KeyType":"HASH"},{"AttributeName":"updatedAt","KeyType":"RANGE"}],\
    "Projection":{"ProjectionType":"KEYS_ONLY"}}]'
    %3$s"""
        .formatted(name, StatusIndex.NAME, expiry(name));
  }

  static String noWorkersTable(String name) {
    return """
    There is no table %1$s in this account and region. Check name and region, or make it:
      aws dynamodb create-table --table-name %1$s --billing-mode PAY_PER_REQUEST \
    --attribute-definitions AttributeName=workerId,AttributeType=S \
    --key-schema AttributeName=workerId,KeyType=HASH
    %2$s"""
        .formatted(name, expiry(name));
  }

  static String noIndex(String name) {
    return """
    Table %1$s lacks the index %2$s by status and updatedAt. Make it:
      aws dynamodb update-table --table-name %1$s --attribute-definitions \
    AttributeName=status,AttributeType=S AttributeName=updatedAt,AttributeType=S \
    --global-secondary-index-updates '[{"Create":{"IndexName":"%2$s","KeySchema":\
    [{"AttributeName":"status","KeyType":"HASH"},{"AttributeName":"updatedAt","KeyType":"RANGE"}],\
    "Projection":{"ProjectionType":"KEYS_ONLY"}}}]'"""
        .formatted(name, StatusIndex.NAME);
  }

  private static String expiry(String name) {
    return "  aws dynamodb update-time-to-live --table-name %s".formatted(name)
        + " --time-to-live-specification Enabled=true,AttributeName=expiresAt";
  }
}
