package dev.renderworker.local.wire;

/** Why a service refuses; each service has its own words for it. */
public enum Refusal {
  /** Too many requests. */
  THROTTLED,
  /** A fault of the service, which may pass. */
  SERVER_ERROR,
  /** The session is over. */
  EXPIRED_CREDENTIALS,
  /** The caller may not. */
  ACCESS_DENIED
}
