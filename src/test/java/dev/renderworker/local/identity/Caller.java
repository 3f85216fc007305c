package dev.renderworker.local.identity;

/** What a request's credentials are worth. */
public sealed interface Caller {
  /** Credentials in force. */
  record Known(Principal principal) implements Caller {}

  /** Credentials whose time is over. */
  record Expired() implements Caller {}

  /** Credentials that nobody handed out, or with another session's token. */
  record Unknown() implements Caller {}

  /** No credentials. */
  record Anonymous() implements Caller {}
}
