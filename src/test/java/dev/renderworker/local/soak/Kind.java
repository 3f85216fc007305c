package dev.renderworker.local.soak;

import dev.renderworker.job.JobStatus;

/** What the soak sends, and how each must end. */
enum Kind {
  RENDER(JobStatus.SUCCEEDED, "\"composition\":\"hello\""),
  LONG(JobStatus.SUCCEEDED, "\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":15}"),
  STILL(
      JobStatus.SUCCEEDED,
      "\"composition\":\"hello\",\"type\":\"still\",\"inputProps\":{\"title\":\"$JOB\"}"),
  FLAKY(
      JobStatus.SUCCEEDED,
      "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"flaky-once\"}"),
  FAILING(
      JobStatus.FAILED, "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"script-error\"}"),
  INVALID(JobStatus.REJECTED, "\"compostion\":\"hello\"");

  private final JobStatus end;
  private final String fields;

  Kind(JobStatus end, String fields) {
    this.end = end;
    this.fields = fields;
  }

  JobStatus end() {
    return end;
  }

  String body(String jobId) {
    return ("{\"jobId\":\"$JOB\"," + fields + "}").replace("$JOB", jobId);
  }
}
