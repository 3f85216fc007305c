package dev.renderworker.local;

import static dev.renderworker.local.wire.Refusal.ACCESS_DENIED;
import static dev.renderworker.local.wire.Refusal.EXPIRED_CREDENTIALS;
import static dev.renderworker.local.wire.Refusal.SERVER_ERROR;
import static dev.renderworker.local.wire.Refusal.THROTTLED;

import dev.renderworker.local.wire.AwsError;
import dev.renderworker.local.wire.Refusal;
import java.util.Map;

/** The words in which SQS and DynamoDB refuse; their emulators never do. */
final class Refusals {
  static final Map<Refusal, AwsError> SQS =
      Map.of(
          THROTTLED, new AwsError(403, "RequestThrottled", "Rate exceeded"),
          SERVER_ERROR, new AwsError(503, "ServiceUnavailable", "Service Unavailable"),
          EXPIRED_CREDENTIALS,
              new AwsError(
                  403,
                  "ExpiredTokenException",
                  "The security token included in the request is expired"),
          ACCESS_DENIED,
              new AwsError(
                  403, "AccessDeniedException", "User is not authorized to access this resource"));

  static final Map<Refusal, AwsError> DYNAMODB =
      Map.of(
          THROTTLED,
              new AwsError(
                  400,
                  "ProvisionedThroughputExceededException",
                  "The level of configured provisioned throughput for the table was exceeded."
                      + " Consider increasing your provisioning level with the UpdateTable API."),
          SERVER_ERROR, new AwsError(500, "InternalServerError", "Internal server error"),
          EXPIRED_CREDENTIALS,
              new AwsError(
                  400,
                  "ExpiredTokenException",
                  "The security token included in the request is expired"),
          ACCESS_DENIED,
              new AwsError(
                  400, "AccessDeniedException", "User is not authorized to access this resource"));

  private Refusals() {}
}
