package dev.renderworker.http;

import java.util.Map;

/** The headers that every answer has: nothing foreign runs, frames or reads what is here. */
final class SecurityHeaders {
  /** Outputs come from S3, and from loopback where AWS is played on this machine. */
  private static final String OUTPUTS = "https: http://127.0.0.1:*";

  static final Map<String, String> ALL =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
              + " img-src 'self' "
              + OUTPUTS
              + "; media-src "
              + OUTPUTS
              + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "camera=(), geolocation=(), microphone=()",
          "Cache-Control",
          "no-store");

  private SecurityHeaders() {}
}
