package dev.renderworker.http;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.Violation;
import dev.renderworker.operations.Receipt;
import dev.renderworker.operations.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes render requests in, and waits a little for their start. */
final class RenderRoutes {
  private static final int MAX_WAIT_SECONDS = 60;
  private static final int WAIT_SECONDS = 15;
  private static final String KEY = "Idempotency-Key";

  private final HttpPorts ports;
  private final Optional<String> defaultComposition;
  private final StartWait starts;

  RenderRoutes(HttpPorts ports, Optional<String> defaultComposition) {
    this.ports = ports;
    this.defaultComposition = defaultComposition;
    this.starts = new StartWait(ports.operations().archive());
  }

  List<Route> routes() {
    return List.of(Route.post("/render", this::render));
  }

  private Reply render(Call call) {
    int wait = call.number("wait", 0, MAX_WAIT_SECONDS, WAIT_SECONDS);
    Submission submission = submission(withJobId(body(call), call));
    return switch (ports.operations().intake().submit(List.of(submission)).getFirst()) {
      case Receipt.Accepted(var jobId) -> starts.reply(jobId, Duration.ofSeconds(wait));
      case Receipt.Known(var job) -> starts.reply(job.id(), Duration.ofSeconds(wait));
      case Receipt.Conflict(var job) ->
          throw new ProblemException(
              Problem.of(
                  Status.CONFLICT,
                  "JOB_ID_CONFLICT",
                  "The job id belongs to a job with another request",
                  "look at /jobs/%s, or use another id".formatted(job.id())));
      case Receipt.Refused(var reason) ->
          throw new ProblemException(
              Problem.of(
                  Status.UNPROCESSABLE_CONTENT,
                  "REFUSED_BY_QUEUE",
                  "The queue refuses the request",
                  reason));
    };
  }

  private String body(Call call) {
    String body = call.body();
    if (!body.isBlank()) {
      return body;
    }
    return defaultComposition
        .map(composition -> Json.text(Map.of("composition", composition)))
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidMessage(
                        "the body is empty, and REMOTION_DEFAULT_COMPOSITION is not set",
                        List.of())));
  }

  private Submission submission(String body) {
    return switch (ports.reader().read(body)) {
      case ParsedMessage.Valid(var request) -> new Submission(body, request, Optional.empty());
      case ParsedMessage.Invalid(_, var violations) ->
          throw new ProblemException(
              Problem.invalidMessage(
                  "mend the %d violations".formatted(violations.size()), violations));
    };
  }

  /** The key becomes the job id, so that whoever sends the request again gets the same job. */
  private String withJobId(String body, Call call) {
    Optional<String> key = call.header(KEY).map(RenderRoutes::unquoted);
    if (key.isEmpty()) {
      return body;
    }
    if (call.count(KEY) > 1 || !key.get().matches(JobId.PATTERN)) {
      throw new ProblemException(
          Problem.badRequest(
              "%s becomes the job id and has to match %s".formatted(KEY, JobId.PATTERN)));
    }
    // What is no object goes on as it is: the contract says what is wrong with it.
    return Json.object(body).map(fields -> withJobId(body, fields, key.get())).orElse(body);
  }

  private static String withJobId(String body, Map<String, Object> fields, String key) {
    Object own = fields.get("jobId");
    if (own != null && !own.equals(key)) {
      throw new ProblemException(
          Problem.invalidMessage(
              "the body names another job than " + KEY,
              List.of(new Violation("/jobId", "has to be left out or equal to " + KEY))));
    }
    if (own != null) {
      return body;
    }
    int start = body.indexOf('{') + 1;
    String field = "\"jobId\":\"" + key + "\"" + (fields.isEmpty() ? "" : ",");
    return body.substring(0, start) + field + body.substring(start);
  }

  /** The draft of the header has a string in quotes; many send it bare. */
  private static String unquoted(String key) {
    String bare = key.strip();
    return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
        ? bare.substring(1, bare.length() - 1)
        : bare;
  }
}
