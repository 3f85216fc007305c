package dev.renderworker.http;

import java.util.Locale;
import java.util.Set;

/**
 * Keeps other sites from acting with the credentials that a browser has stored for this one. Every
 * browser says with a POST where it comes from; programs say nothing, and carry no such store.
 */
final class SameOrigin {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private SameOrigin() {}

  /**
   * Lets through what our own page or a program sends.
   *
   * @throws ProblemException when another site sends it
   */
  static void require(Call call) {
    boolean ownFetch = call.header("Sec-Fetch-Site").map(OWN::contains).orElse(true);
    boolean ownOrigin = call.header("Origin").map(origin -> isOf(origin, call)).orElse(true);
    if (!ownFetch || !ownOrigin) {
      throw new ProblemException(
          Problem.of(
              Status.FORBIDDEN,
              "CROSS_ORIGIN",
              "The request comes from another site",
              "actions are taken from this site's own page or from programs only"));
    }
  }

  /** A proxy has to pass the Host header on. */
  private static boolean isOf(String origin, Call call) {
    int scheme = origin.indexOf("://");
    String authority = scheme < 0 ? origin : origin.substring(scheme + 3);
    return call.header("Host")
        .filter(host -> host.toLowerCase(Locale.ROOT).equals(authority.toLowerCase(Locale.ROOT)))
        .isPresent();
  }
}
