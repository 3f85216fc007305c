package dev.renderworker.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalAwsOptions;
import dev.renderworker.local.LocalNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.StsException;

@Timeout(60)
class RoleSessionIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Map<String, String> PROPERTIES = new HashMap<>();

  /** How far the clock of STS is from this machine's. */
  private static final AtomicReference<Duration> SHIFT = new AtomicReference<>(Duration.ZERO);

  private static LocalAws aws;

  private final WorkerIdentity identity = new WorkerIdentity();

  @BeforeAll
  static void startAws() throws Exception {
    InstantSource machine = InstantSource.system();
    aws = LocalAws.start(LocalAwsOptions.STANDARD.clock(() -> machine.instant().plus(SHIFT.get())));
    aws.systemProperties()
        .forEach((name, value) -> PROPERTIES.put(name, System.setProperty(name, value)));
  }

  @AfterAll
  static void stopAws() {
    PROPERTIES.forEach(
        (name, before) -> {
          if (before == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, before);
          }
        });
    aws.close();
  }

  @AfterEach
  void forget() {
    identity.close();
    SHIFT.set(Duration.ZERO);
  }

  @Test
  void instanceAssumesTheRoleOnce() {
    long before = assumed();
    Instant now = Instant.now();

    try (RoleSession session = session(LocalNames.ROLE_ARN)) {
      var first = (AwsSessionCredentials) session.credentials().resolveCredentials();
      var second = (AwsSessionCredentials) session.credentials().resolveCredentials();
      Instant expiry = session.expiry().orElseThrow();

      assertEquals(first, second);
      assertEquals(1, assumed() - before);
      assertFalse(expiry.isBefore(now.plus(HOUR).minusSeconds(1)), expiry.toString());
      assertFalse(session.toString().contains(first.secretAccessKey()));
      assertFalse(session.toString().contains(first.sessionToken()));
    }
  }

  @Test
  void sessionIsRenewedWhileItStillHolds() {
    // The SDK renews at a random moment before the last minute: leave it no choice.
    SHIFT.set(HOUR.minusSeconds(62).negated());
    long before = assumed();

    try (RoleSession session = session(LocalNames.ROLE_ARN)) {
      var first = session.credentials().resolveCredentials();
      SHIFT.set(Duration.ZERO);
      while (session.credentials().resolveCredentials().equals(first)) {
        LockSupport.parkNanos(1_000_000);
      }

      assertTrue(assumed() - before >= 2);
    }
  }

  @Test
  void roleThatDoesNotTrustTheInstanceIsRefusedInTheWordsOfSts() {
    String role = LocalNames.ROLE_ARN + "-another";

    try (RoleSession session = session(role)) {
      var refused = assertThrows(StsException.class, session::expiry);

      assertEquals("AccessDenied", refused.awsErrorDetails().errorCode());
      assertTrue(refused.getMessage().contains(role), refused.getMessage());
    }
  }

  private RoleSession session(String role) {
    return new RoleSession(
        new RoleSettings(role, "render-worker", HOUR, Optional.empty()),
        Region.of(LocalNames.REGION),
        identity.credentials(),
        List.of());
  }

  private static long assumed() {
    return aws.counts().of("sts", "AssumeRole");
  }
}
