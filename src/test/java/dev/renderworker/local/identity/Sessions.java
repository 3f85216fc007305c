package dev.renderworker.local.identity;

import dev.renderworker.local.wire.Request;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sessions that were handed out; knows a caller by access key id and token. */
public final class Sessions {
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,]+)/");

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> byAccessKeyId = new ConcurrentHashMap<>();

  /** No sessions yet. */
  public Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Hands out new credentials; they end at a whole second, as AWS's do. */
  public Session issue(Principal principal, Duration life) {
    Instant expiration = clock.instant().plus(life).truncatedTo(ChronoUnit.SECONDS);
    String keyId = "ASIA" + secret(12).toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-7]", "7");
    Session session = new Session(keyId, secret(30), secret(120), principal, expiration);
    byAccessKeyId.put(keyId, session);
    return session;
  }

  /** Ends every session now, those of the instance and of the assumed roles. */
  public void expireAll() {
    Instant now = clock.instant();
    byAccessKeyId.replaceAll((_, session) -> endedAt(session, now));
  }

  /** Ends the sessions of one role now. */
  public void expire(String roleName) {
    Instant now = clock.instant();
    byAccessKeyId.replaceAll(
        (_, session) ->
            session.principal().roleName().equals(roleName) ? endedAt(session, now) : session);
  }

  /** Whether these credentials are still in force. */
  public boolean inForce(Session session) {
    return clock.instant().isBefore(byAccessKeyId.get(session.accessKeyId()).expiration());
  }

  /** Who sent a request. */
  public Caller caller(Request request) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isEmpty()) {
      return new Caller.Anonymous();
    }
    Matcher credential = CREDENTIAL.matcher(authorization.get());
    Session session = credential.find() ? byAccessKeyId.get(credential.group(1)) : null;
    String token = request.header("X-Amz-Security-Token").orElse("");
    if (session == null || !session.token().equals(token)) {
      return new Caller.Unknown();
    }
    return inForce(session) ? new Caller.Known(session.principal()) : new Caller.Expired();
  }

  private static Session endedAt(Session session, Instant end) {
    return new Session(
        session.accessKeyId(),
        session.secretAccessKey(),
        session.token(),
        session.principal(),
        end);
  }

  private String secret(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return Base64.getEncoder().encodeToString(secret);
  }
}
