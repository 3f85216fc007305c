package dev.renderworker.http;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.operations.DeadJob;
import dev.renderworker.operations.DeadLetters;
import dev.renderworker.operations.LetterSelection;
import dev.renderworker.operations.RedriveOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Dead letters: to look at, and to send again. */
final class DeadLetterRoutes {
  private static final int MAX_LETTERS = 100;
  private static final int LETTERS = 20;

  /** SQS moves no faster. */
  private static final int MAX_RATE = 500;

  private final DeadLetters letters;

  DeadLetterRoutes(DeadLetters letters) {
    this.letters = letters;
  }

  List<Route> routes() {
    return List.of(Route.get("/dlq", this::list), Route.post("/dlq/redrive", this::redrive));
  }

  private Reply list(Call call) {
    LetterSelection selection = selection(call.parameter("jobId"), call.parameter("errorCode"));
    List<DeadJob> found = letters.list(selection, call.number("limit", 1, MAX_LETTERS, LETTERS));
    return Reply.json(
        Status.OK,
        Map.of(
            "messages",
            letters.state().messages(),
            "letters",
            found.stream().map(DeadJob::attributes).toList()));
  }

  private Reply redrive(Call call) {
    Map<String, Object> order =
        Json.object(call.body()).orElseThrow(() -> badOrder("the body has to be a JSON object"));
    if (!List.of("all", "jobId", "errorCode", "perSecond").containsAll(order.keySet())) {
      throw badOrder("the body may have all, jobId, errorCode and perSecond");
    }
    boolean all = Boolean.TRUE.equals(order.get("all"));
    Optional<String> jobId = text(order, "jobId");
    Optional<String> errorCode = text(order, "errorCode");
    if ((all ? 1 : 0) + (int) jobId.stream().count() + (int) errorCode.stream().count() != 1) {
      throw badOrder("name exactly one of \"all\": true, \"jobId\" and \"errorCode\"");
    }
    return switch (letters.redrive(selection(jobId, errorCode), rate(order.get("perSecond")))) {
      case RedriveOutcome.Moved(var count) -> Reply.json(Status.OK, Map.of("moved", count));
      case RedriveOutcome.Moving(var count) -> Reply.json(Status.ACCEPTED, Map.of("moving", count));
    };
  }

  private static LetterSelection selection(Optional<String> jobId, Optional<String> errorCode) {
    if (jobId.isPresent() && errorCode.isPresent()) {
      throw badOrder("name a jobId or an errorCode, not both");
    }
    try {
      return jobId
          .<LetterSelection>map(id -> new LetterSelection.OfJob(new JobId(id)))
          .or(() -> errorCode.map(code -> new LetterSelection.OfCode(ErrorCode.valueOf(code))))
          .orElseGet(LetterSelection.All::new);
    } catch (IllegalArgumentException _) {
      throw badOrder(
          jobId.isPresent()
              ? "a job id has to match " + JobId.PATTERN
              : "errorCode has to be one of " + List.of(ErrorCode.values()));
    }
  }

  private static Optional<String> text(Map<String, Object> order, String name) {
    Object value = order.get(name);
    if (value != null && !(value instanceof String)) {
      throw badOrder(name + " has to be a string");
    }
    return Optional.ofNullable((String) value);
  }

  private static OptionalInt rate(Object perSecond) {
    if (perSecond == null) {
      return OptionalInt.empty();
    }
    if (perSecond instanceof Integer rate && rate >= 1 && rate <= MAX_RATE) {
      return OptionalInt.of(rate);
    }
    throw badOrder("perSecond has to be a whole number, 1 to " + MAX_RATE);
  }

  private static ProblemException badOrder(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
