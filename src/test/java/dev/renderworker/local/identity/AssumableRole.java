package dev.renderworker.local.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A role that the instance may assume.
 *
 * @param name the role's name
 * @param externalId what the role's trust policy demands, if it does
 */
public record AssumableRole(String name, Optional<String> externalId) {
  public AssumableRole {
    requireNonNull(name, "name");
    requireNonNull(externalId, "externalId");
  }
}
