package dev.renderworker.http;

import java.util.List;

/**
 * One thing that the API does.
 *
 * @param template the path; a part in braces stands for any text that is not empty
 */
record Route(String method, String template, Access access, Handler handler) {

  /** Who may call it. */
  enum Access {
    /** Anyone who reaches the port: it tells nothing that is secret. */
    OPEN,
    /** Those with the credentials. */
    CREDENTIALS
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {

    /**
     * The answer.
     *
     * @throws ProblemException when that is the answer
     */
    Reply answer(Call call);
  }

  static Route get(String template, Handler handler) {
    return new Route("GET", template, Access.CREDENTIALS, handler);
  }

  static Route post(String template, Handler handler) {
    return new Route("POST", template, Access.CREDENTIALS, handler);
  }

  /** The same for anyone. */
  Route open() {
    return new Route(method, template, Access.OPEN, handler);
  }

  boolean hasPath(List<String> segments) {
    List<String> parts = List.of(template.substring(1).split("/", -1));
    if (parts.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < parts.size(); i++) {
      boolean any = parts.get(i).startsWith("{");
      if (any ? segments.get(i).isEmpty() : !parts.get(i).equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }
}
