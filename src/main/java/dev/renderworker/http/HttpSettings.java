package dev.renderworker.http;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How the HTTP API is served.
 *
 * @param address where it listens; port 0 takes any that is free
 * @param credentials what a caller has to show
 * @param defaultComposition what a render request without a body asks for
 * @param staleAfter the silence after which a worker is shown as gone
 */
public record HttpSettings(
    InetSocketAddress address,
    Credentials credentials,
    Optional<String> defaultComposition,
    Duration staleAfter) {
  /** Rejects null. */
  public HttpSettings {
    requireNonNull(address, "address");
    requireNonNull(credentials, "credentials");
    requireNonNull(defaultComposition, "defaultComposition");
    requireNonNull(staleAfter, "staleAfter");
  }

  /** User name and password of HTTP's Basic authentication. */
  public record Credentials(String username, String password) {
    /** Rejects what can't be told apart from nothing, and a name that Basic can't carry. */
    public Credentials {
      if (username.isEmpty() || username.contains(":")) {
        throw new IllegalArgumentException("username: must not be empty or hold a colon");
      }
      if (password.isEmpty()) {
        throw new IllegalArgumentException("password: must not be empty");
      }
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Credentials[username=" + username + "]";
    }
  }
}
