package dev.renderworker.local.crash;

/** How a job's life would go if nobody crashed. */
enum Life {
  /** A render of two seconds. */
  RENDER("a render", "\"composition\":\"hello\""),
  /** Its input props are uploaded before the start. */
  LARGE_RENDER(
      "large props", "\"composition\":\"hello\",\"inputProps\":{\"text\":\"$JOB $LARGE\"}"),
  /** A render long enough to have its progress written, which takes 5 s. */
  LONG_RENDER("a longer render", "\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":12}"),
  /** A still: its start is answered when it is over. */
  STILL(
      "a still",
      "\"composition\":\"hello\",\"type\":\"still\",\"inputProps\":{\"title\":\"$JOB\"}"),
  /** The first render fails by a passing fault, the second succeeds. */
  RETRIED("fails once", "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"flaky-once\"}"),
  /** Someone asks for the end of the render, which is far off. */
  UNWANTED("cancelled", "\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":240}"),
  /** A render that fails for good. */
  FAILING(
      "fails for good", "\"composition\":\"hello\",\"inputProps\":{\"simulate\":\"script-error\"}"),
  /** A message that breaks the contract. */
  REJECTED("breaks the contract", "\"compostion\":\"hello\"");

  /** More than what a start carries itself. */
  private static final String LARGE_TEXT = "render ".repeat(31_000);

  private final String label;
  private final String fields;

  Life(String label, String fields) {
    this.label = label;
    this.fields = fields;
  }

  String label() {
    return label;
  }

  String body(String jobId) {
    return ("{\"jobId\":\"$JOB\"," + fields + "}")
        .replace("$JOB", jobId)
        .replace("$LARGE", LARGE_TEXT);
  }
}
