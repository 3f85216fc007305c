package dev.renderworker.credentials;

import dev.renderworker.check.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** Looks at who the worker is to AWS, what time AWS has, and whether the role can be assumed. */
public final class AccessInspection implements AutoCloseable {
  private static final String CREDENTIALS = "credentials";
  private static final String ROLE = "role";

  private final RoleSettings settings;
  private final InstantSource clock;
  private final StsClient sts;

  /**
   * Prepares the inspection.
   *
   * @param own who the worker is before it assumes the role
   */
  public AccessInspection(
      RoleSettings settings, Region region, AwsCredentialsProvider own, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.sts = StsClients.open(region, own, List.of());
  }

  /**
   * Looks at the worker's own credentials, and by the way at the clock.
   *
   * @param tolerance how far the clock may be from that of AWS
   */
  public List<Finding> credentials(Duration tolerance) {
    Instant asked = clock.instant();
    try {
      GetCallerIdentityResponse me = sts.getCallerIdentity();
      Finding known = new Finding.Passed(CREDENTIALS, me.arn());
      return ClockSkew.of(me.sdkHttpResponse(), asked, clock.instant())
          .map(skew -> List.of(known, skew.finding(tolerance)))
          .orElse(List.of(known));
    } catch (SdkException e) {
      return List.of(
          new Finding.Broken(
              CREDENTIALS,
              e.getMessage(),
              "On EC2, give the instance a profile; elsewhere log in, or set AWS_PROFILE."));
    }
  }

  /** Assumes the role, through the session that the worker would use. */
  public Finding role(RoleSession session) {
    try {
      Duration length =
          session
              .expiry()
              .map(end -> Duration.between(clock.instant(), end))
              .orElse(settings.duration());
      return new Finding.Passed(
          ROLE,
          "%s, for %d minutes at a time"
              .formatted(settings.roleArn(), Math.round(length.toSeconds() / 60.0)));
    } catch (StsException e) {
      return new Finding.Broken(ROLE, e.awsErrorDetails().errorMessage(), remedy(e));
    } catch (SdkException e) {
      return new Finding.Broken(ROLE, e.getMessage(), "Check the way to STS.");
    }
  }

  private static String remedy(StsException e) {
    return switch (e.awsErrorDetails().errorCode()) {
      case "AccessDenied" ->
          "Check REMOTION_ROLE_ARN and REMOTION_ROLE_EXTERNAL_ID; the role's trust policy has to name"
              + " these credentials, and their own policy has to allow sts:AssumeRole on the role.";
      case "ValidationError" ->
          "Check REMOTION_ROLE_SESSION_SECONDS and REMOTION_ROLE_SESSION_NAME.";
      default -> "Look the error up: it is what STS answers to AssumeRole.";
    };
  }

  @Override
  public void close() {
    sts.close();
  }
}
