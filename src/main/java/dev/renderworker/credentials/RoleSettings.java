package dev.renderworker.credentials;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The role that renders are started under.
 *
 * @param roleArn the role
 * @param sessionName how the session shows in CloudTrail
 * @param duration of one session, 15 minutes to 1 hour: a role's own maximum can be lower than what
 *     STS allows, but is never below an hour
 * @param externalId what the role's trust policy asks for, where it does
 */
public record RoleSettings(
    String roleArn, String sessionName, Duration duration, Optional<String> externalId) {
  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Rejects null and a duration that is out of range. */
  public RoleSettings {
    requireNonNull(roleArn, "roleArn");
    requireNonNull(sessionName, "sessionName");
    requireNonNull(externalId, "externalId");
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("duration: 15 minutes to 1 hour, not " + duration);
    }
  }

  /** Leaves the external id out: some take it for a secret. */
  @Override
  public String toString() {
    return "RoleSettings[roleArn=%s, sessionName=%s, duration=%s]"
        .formatted(roleArn, sessionName, duration);
  }
}
