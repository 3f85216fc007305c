package dev.renderworker.credentials;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The assumed role. Credentials are renewed in the background while they still hold, so that no
 * render waits for STS; a renewal that fails is tried again with the next use.
 */
public final class RoleSession implements AutoCloseable {
  /** Below this, a caller waits for new credentials rather than use the old ones. */
  private static final Duration STALE = Duration.ofMinutes(1);

  /** The SDK picks a moment at random between half-time and the last minute. */
  private static final int PREFETCH_PART = 2;

  /** Many calls fail together; and a session refused this young is refused for another reason. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(5);

  private final RoleSettings settings;
  private final StsClient sts;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Present present;
  private volatile Optional<Instant> lastExpiry = Optional.empty();

  /** Where the present credentials come from; only who holds the lock replaces it. */
  private record Present(StsAssumeRoleCredentialsProvider provider, long sinceNanos) {}

  /**
   * Prepares the session; STS is first called when credentials are first wanted. The endpoint is
   * the SDK's, so {@code AWS_ENDPOINT_URL_STS} is honoured.
   *
   * @param own whom the role trusts; stays open
   * @param observers hear of every call; stay open
   */
  public RoleSession(
      RoleSettings settings,
      Region region,
      AwsCredentialsProvider own,
      List<MetricPublisher> observers) {
    this.settings = settings;
    this.sts = StsClients.open(region, own, observers);
    this.present = open();
  }

  private Present open() {
    return new Present(
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(sts)
            .asyncCredentialUpdateEnabled(true)
            .staleTime(STALE)
            .prefetchTime(settings.duration().dividedBy(PREFETCH_PART))
            .refreshRequest(
                assume ->
                    assume
                        .roleArn(settings.roleArn())
                        .roleSessionName(settings.sessionName())
                        .durationSeconds((int) settings.duration().toSeconds())
                        .externalId(settings.externalId().orElse(null)))
            .build(),
        System.nanoTime());
  }

  /** For the clients that work under the role; each use can throw what STS answered. */
  public AwsCredentialsProvider credentials() {
    return () -> noted(present.provider().resolveCredentials());
  }

  private AwsCredentials noted(AwsCredentials used) {
    lastExpiry = used.expirationTime();
    return used;
  }

  /** When the credentials that were used last expire; empty before their first use. Asks nobody. */
  public Optional<Instant> lastExpiry() {
    return lastExpiry;
  }

  /**
   * When the present credentials expire; asks STS for some where there are none.
   *
   * @throws SdkException when STS can't be reached or refuses
   */
  public Optional<Instant> expiry() {
    return present.provider().resolveIdentity().join().expirationTime();
  }

  /**
   * Takes a new session at the next use: for when a service refuses the present one before its
   * time, as it does where that was revoked or this machine's clock is behind. The SDK itself would
   * keep it until then. Asking again within seconds changes nothing.
   */
  public void renew() {
    if (renewing.tryLock()) {
      try {
        Present refused = present;
        if (System.nanoTime() - refused.sinceNanos() > SHORTEST_LIFE.toNanos()) {
          present = open();
          refused.provider().close();
        }
      } finally {
        renewing.unlock();
      }
    }
  }

  /** Ends the renewal, then the connections. */
  @Override
  public void close() {
    try (sts) {
      present.provider().close();
    }
  }

  /** Names the role, and nothing of its credentials. */
  @Override
  public String toString() {
    return "RoleSession[" + settings + "]";
  }
}
