package dev.renderworker.http;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import dev.renderworker.operations.CancelOutcome;
import dev.renderworker.operations.JobCursor;
import dev.renderworker.operations.JobPage;
import dev.renderworker.operations.JobView;
import dev.renderworker.operations.RetryOutcome;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jobs: to list, to look at, to cancel and to have tried again. */
final class JobRoutes {
  private static final int MAX_PAGE = 100;
  private static final int PAGE = 20;

  private final HttpPorts ports;

  JobRoutes(HttpPorts ports) {
    this.ports = ports;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/jobs", this::list),
        Route.get("/jobs/{jobId}", this::show),
        Route.post("/jobs/{jobId}/cancel", this::cancel),
        Route.post("/jobs/{jobId}/retry", this::retry));
  }

  private Reply list(Call call) {
    Set<JobStatus> statuses =
        call.parameter("status").map(JobRoutes::statuses).orElse(EnumSet.allOf(JobStatus.class));
    Optional<JobCursor> after = call.parameter("after").map(JobRoutes::cursor);
    JobPage page =
        ports.operations().archive().list(statuses, call.number("limit", 1, MAX_PAGE, PAGE), after);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "jobs",
        ports.operations().lostJobs().flagged(page.jobs()).stream()
            .map(JobView::attributes)
            .toList());
    page.next().ifPresent(next -> fields.put("next", next.toString()));
    return Reply.json(Status.OK, fields);
  }

  private static Set<JobStatus> statuses(String names) {
    Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
    for (String name : names.split(",", -1)) {
      try {
        statuses.add(JobStatus.valueOf(name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException _) {
        throw new ProblemException(
            Problem.badRequest(
                "status has to be one or more of %s, separated by commas"
                    .formatted(List.of(JobStatus.values()))));
      }
    }
    return statuses;
  }

  private static JobCursor cursor(String text) {
    try {
      return JobCursor.parse(text);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          Problem.badRequest("after has to be the \"next\" of an earlier answer"));
    }
  }

  private Reply show(Call call) {
    JobId id = call.jobId();
    JobView job = ports.operations().archive().find(id).orElseThrow(() -> unknown(id));
    JobView flagged = ports.operations().lostJobs().flagged(List.of(job)).getFirst();
    return Reply.json(Status.OK, flagged.attributes());
  }

  private Reply cancel(Call call) {
    call.body();
    JobId id = call.jobId();
    return switch (ports.operations().cancel(id)) {
      case CancelOutcome.Ended _ -> done(Status.OK, id, "The job is cancelled");
      case CancelOutcome.Requested _ ->
          done(Status.ACCEPTED, id, "The job's worker has been asked to cancel it");
      case CancelOutcome.Over(var status) -> throw wrongState("the job is over: it is " + status);
      case CancelOutcome.Unknown _ -> throw unknown(id);
    };
  }

  private Reply retry(Call call) {
    call.body();
    JobId id = call.jobId();
    return switch (ports.operations().retry(id)) {
      case RetryOutcome.Sent _ -> done(Status.ACCEPTED, id, "The job is in the queue again");
      case RetryOutcome.NothingToRetry(var status) ->
          throw wrongState("a job that is %s is not tried again".formatted(status));
      case RetryOutcome.Changed _ ->
          throw wrongState("the job has changed at the same time; look at it again");
      case RetryOutcome.NoRequest _ ->
          throw wrongState(
              "the record keeps only the beginning of the large request, and there is no dead"
                  + " letter of it; send the request again");
      case RetryOutcome.Invalid(var violations) ->
          throw new ProblemException(
              new Problem(
                  Status.UNPROCESSABLE_CONTENT,
                  "INVALID_MESSAGE",
                  "The job's request breaks the message contract",
                  "it would be rejected again; send a corrected request",
                  violations));
      case RetryOutcome.Refused(var reason) ->
          throw new ProblemException(
              Problem.of(
                  Status.UNPROCESSABLE_CONTENT,
                  "REFUSED_BY_QUEUE",
                  "The queue refuses the request",
                  reason));
      case RetryOutcome.Unknown _ -> throw unknown(id);
    };
  }

  private static Reply done(Status status, JobId id, String message) {
    return Reply.json(status, Map.of("jobId", id.value(), "message", message));
  }

  private static ProblemException wrongState(String detail) {
    return new ProblemException(Problem.wrongState(detail));
  }

  private static ProblemException unknown(JobId id) {
    return new ProblemException(
        Problem.notFound("there is no record of a job %s in the job table".formatted(id)));
  }
}
