package dev.renderworker.http;

import dev.renderworker.job.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What went wrong with a request, for the caller (RFC 9457).
 *
 * @param code the machine's name for it: an error code of jobs, or one of the API's own
 * @param title the same for every problem of that code
 * @param violations everything that is wrong with the body, where that is the problem
 */
record Problem(
    Status status, String code, String title, String detail, List<Violation> violations) {
  static final String TYPE = "application/problem+json";

  Problem {
    violations = List.copyOf(violations);
  }

  static Problem of(Status status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of());
  }

  static Problem badRequest(String detail) {
    return of(Status.BAD_REQUEST, "BAD_REQUEST", "The request is not understood", detail);
  }

  static Problem invalidMessage(String detail, List<Violation> violations) {
    return new Problem(
        Status.BAD_REQUEST,
        "INVALID_MESSAGE",
        "The body breaks the message contract",
        detail,
        violations);
  }

  static Problem notFound(String what) {
    return of(Status.NOT_FOUND, "NOT_FOUND", "There is no such thing", what);
  }

  static Problem wrongState(String detail) {
    return of(Status.CONFLICT, "WRONG_STATE", "The job's state does not allow that", detail);
  }

  Reply.Whole reply() {
    return Reply.json(status, asMap()).as(TYPE);
  }

  private Map<String, Object> asMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "about:blank");
    fields.put("title", title);
    fields.put("status", status.code());
    fields.put("code", code);
    fields.put("detail", detail);
    if (!violations.isEmpty()) {
      fields.put("violations", violations);
    }
    return fields;
  }
}
