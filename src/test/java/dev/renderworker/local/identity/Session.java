package dev.renderworker.local.identity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Temporary credentials.
 *
 * @param accessKeyId begins with {@code ASIA}
 * @param secretAccessKey the secret
 * @param token the session token
 * @param principal the ARN of the assumed role's session
 * @param expiration when they end
 */
public record Session(
    String accessKeyId,
    String secretAccessKey,
    String token,
    Principal principal,
    Instant expiration) {
  public Session {
    requireNonNull(accessKeyId, "accessKeyId");
    requireNonNull(secretAccessKey, "secretAccessKey");
    requireNonNull(token, "token");
    requireNonNull(principal, "principal");
    requireNonNull(expiration, "expiration");
  }
}
