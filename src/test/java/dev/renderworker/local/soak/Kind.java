package dev.renderworker.local.soak;

import static dev.renderworker.job.JobStatus.CANCELLED;
import static dev.renderworker.job.JobStatus.FAILED;
import static dev.renderworker.job.JobStatus.REJECTED;
import static dev.renderworker.job.JobStatus.SUCCEEDED;

import dev.renderworker.job.JobStatus;

/** What the soak sends, and how each must end. */
enum Kind {
  RENDER(SUCCEEDED, "\"composition\":\"hello\""),
  LONG(SUCCEEDED, "\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":15}"),
  STILL(
      SUCCEEDED,
      "\"composition\":\"hello\",\"type\":\"still\",\"inputProps\":{\"title\":\"$JOB\"}"),
  FLAKY(SUCCEEDED, "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"flaky-once\"}"),
  /** Input props so large that they are uploaded before the start. */
  LARGE(SUCCEEDED, "\"composition\":\"hello\",\"inputProps\":{\"text\":\"$LARGE\"}"),
  /** Reported as timed out, with its output in place. */
  TIMED_OUT(
      SUCCEEDED,
      "\"composition\":\"hello\",\"muted\":true,"
          + "\"inputProps\":{\"simulate\":\"timeout-but-output-exists\"}"),
  /** Someone asks for its end, at some time. */
  UNWANTED(CANCELLED, "\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":40}"),
  FAILING(FAILED, "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"script-error\"}"),
  INVALID(REJECTED, "\"compostion\":\"hello\"");

  /** More than what a start carries itself. */
  private static final String LARGE_TEXT = "render ".repeat(31_000);

  private final JobStatus end;
  private final String fields;

  Kind(JobStatus end, String fields) {
    this.end = end;
    this.fields = fields;
  }

  JobStatus end() {
    return end;
  }

  /** Whether it may end so; a wish to cancel can come too late. */
  boolean mayEnd(String status) {
    return status.equals(end.name()) || (this == UNWANTED && status.equals(SUCCEEDED.name()));
  }

  String body(String jobId) {
    return ("{\"jobId\":\"$JOB\"," + fields + "}")
        .replace("$JOB", jobId)
        .replace("$LARGE", LARGE_TEXT);
  }
}
