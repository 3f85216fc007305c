package dev.renderworker.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** Knows who has the credentials (RFC 7617). */
final class BasicAuthentication {
  static final String CHALLENGE = "Basic realm=\"Render Worker\", charset=\"UTF-8\"";
  private static final String SCHEME = "Basic ";

  private final byte[] expected;

  BasicAuthentication(HttpSettings.Credentials credentials) {
    this.expected = digest((credentials.username() + ":" + credentials.password()).getBytes(UTF_8));
  }

  /** Whether the header carries them. Digests have one length, so time tells nothing of it. */
  boolean accepts(Optional<String> authorization) {
    return authorization
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .flatMap(header -> decoded(header.substring(SCHEME.length()).strip()))
        .filter(shown -> MessageDigest.isEqual(digest(shown), expected))
        .isPresent();
  }

  private static Optional<byte[]> decoded(String token) {
    try {
      return Optional.of(Base64.getDecoder().decode(token));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
