package dev.renderworker.http;

import java.util.HashMap;
import java.util.Map;

/** Reads the query of an address. */
final class Query {
  private Query() {}

  /**
   * The parameters by name.
   *
   * @throws ProblemException when one is there twice: which one counts is guesswork
   */
  static Map<String, String> parse(String raw) {
    Map<String, String> parameters = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = Call.decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : Call.decoded(part.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw new ProblemException(Problem.badRequest("the query has a parameter twice"));
      }
    }
    return parameters;
  }
}
