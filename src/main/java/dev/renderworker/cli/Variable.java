package dev.renderworker.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment variables that the worker reads: the one place that knows their names, forms and
 * defaults. Parsing, {@code --help} and the table in the README are made from it.
 */
enum Variable {
  AWS_REGION(
      Need.REQUIRED,
      "[a-z]{2}(-[a-z]+)+-[0-9]",
      "an AWS region, such as us-east-1",
      "Region of the queue, the tables and, where a message names no other, the render function."),
  SQS_QUEUE_URL(
      Need.REQUIRED,
      "https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~/-]+",
      "the http(s) URL of a queue, as SQS gives it",
      "The queue of render requests."),
  REMOTION_ROLE_ARN(
      Need.REQUIRED,
      "arn:aws(-cn|-us-gov)?:iam::[0-9]{12}:role/[\\w+=,.@/-]+",
      "the ARN of a role, such as arn:aws:iam::123456789012:role/remotion",
      "The role under which the worker calls Lambda and S3."),
  REMOTION_ROLE_SESSION_NAME(
      "render-worker",
      "[\\w+=,.@-]{2,64}",
      "2 to 64 letters, digits and _ + = , . @ -",
      "Name of the role's sessions, as CloudTrail shows it."),
  REMOTION_ROLE_SESSION_SECONDS(
      3600,
      900,
      3600,
      "seconds",
      "Length of a session; AWS allows no more where one role assumes another."),
  REMOTION_ROLE_EXTERNAL_ID(
      Need.OPTIONAL,
      "[\\w+=,.@:/-]{2,1224}",
      "2 to 1224 letters, digits and _ + = , . @ : / -",
      "External id, where the role's trust policy asks for one."),
  REMOTION_FUNCTION_NAME(
      Need.OPTIONAL,
      "[A-Za-z0-9_-]{1,64}",
      "1 to 64 letters, digits, - and _",
      "Render function of messages that name none; without it the newest in the region."),
  REMOTION_SERVE_URL(
      Need.OPTIONAL,
      "(https?://|(?!https?:|src/|[./]))\\S+",
      "a URL that begins with http:// or https://, or the name of a site",
      "Site of messages that name none."),
  REMOTION_BUCKET_NAME(
      Need.OPTIONAL,
      "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
      "the name of a bucket",
      "Render bucket of messages that name none; without it the one Remotion bucket of the region."),
  INPUT_BUCKETS(
      Need.OPTIONAL,
      "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\\s*,\\s*[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])*",
      "names of buckets with commas between them",
      "Buckets that messages may point into, by inputPropsUrl or as the SQS Extended Client does."),
  REMOTION_ENABLE_CANCELLATION(
      "true",
      "true|false",
      "true, false",
      "Start renders so that they can be cancelled, where a message does not say."),
  REMOTION_ONE_OUTPUT_PER_JOB(
      "false",
      "true|false",
      "true, false",
      "Give all renders of a job one place for the output, where a message names none: a second"
          + " guard against double renders."),
  JOBS_TABLE(
      "render-worker-jobs",
      "[A-Za-z0-9_.-]{3,255}",
      "3 to 255 letters, digits, _ . and -",
      "DynamoDB table of the jobs."),
  WORKERS_TABLE(
      "render-worker-workers",
      "[A-Za-z0-9_.-]{3,255}",
      "3 to 255 letters, digits, _ . and -",
      "DynamoDB table of the workers' heartbeats."),
  JOB_RETENTION_DAYS(30, 1, 3650, "days", "How long after its end a job's record is kept."),
  MAX_CONCURRENT_RENDERS(20, 1, 20_000, "renders", "How many renders this worker follows at once."),
  MAX_ATTEMPTS(3, 1, 20, "attempts", "How often a job is tried before it is dead-lettered."),
  RETRY_BACKOFF_SECONDS(
      10,
      1,
      3600,
      "seconds",
      "Longest wait before the second attempt; it doubles with each further one."),
  RETRY_BACKOFF_MAX_SECONDS(900, 1, 36_000, "seconds", "Longest wait before any attempt."),
  RECEIVE_WAIT_SECONDS(20, 0, 20, "seconds", "How long one receive waits for messages."),
  VISIBILITY_TIMEOUT_SECONDS(
      120,
      30,
      43_200,
      "seconds",
      "How long a message stays hidden unless the worker, while it lives, extends that."),
  HEARTBEAT_SECONDS(10, 1, 60, "seconds", "Time between two signs of life."),
  STALE_AFTER_SECONDS(
      45,
      3,
      3600,
      "seconds",
      "Silence after which a worker counts as gone and its renders are taken over."),
  PROGRESS_MIN_INTERVAL_MS(
      500, 100, 60_000, "milliseconds", "Shortest time between two looks at a render."),
  PROGRESS_MAX_INTERVAL_MS(
      15000, 100, 300_000, "milliseconds", "Longest time between two looks at a render."),
  LATE_LAUNCH_SECONDS(
      300,
      0,
      21_600,
      "seconds",
      "How long after a start a lost launch may still appear: the function's maximum event age."),
  PORT(
      Need.OPTIONAL,
      "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]",
      "1 to 65535",
      "Port of the HTTP API and the job page; without it there is neither."),
  BIND_ADDRESS(
      "127.0.0.1",
      "[A-Za-z0-9.:-]{1,253}",
      "an IP address or a name of this host, such as 0.0.0.0 for all",
      "Where the HTTP API listens."),
  API_USERNAME(
      Need.OPTIONAL,
      "[^:\\p{Cntrl}]{1,128}",
      "1 to 128 characters, without a colon",
      "User name for the HTTP API; needed with PORT."),
  API_PASSWORD(
      Need.OPTIONAL,
      "[^\\p{Cntrl}]{8,256}",
      "8 to 256 characters",
      "Password for the HTTP API; needed with PORT."),
  REMOTION_DEFAULT_COMPOSITION(
      Need.OPTIONAL,
      "[^\\p{Cntrl}]{1,512}",
      "the id of a composition",
      "What a POST to /render without a body asks for."),
  COMPLETION_TARGET_ARN(
      Need.OPTIONAL,
      "arn:aws(-cn|-us-gov)?:((sns|sqs):[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?"
          + "|events:[a-z0-9-]+:[0-9]{12}:event-bus/[A-Za-z0-9._/-]{1,256})",
      "the ARN of an SNS topic, an EventBridge bus or an SQS queue",
      "Who is told when a job has ended, whatever its end."),
  LOG_FORMAT(
      "auto",
      "auto|text|json",
      "auto, text, json",
      "Format of the log; auto is text on a terminal and else JSON, one object a line."),
  LOG_LEVEL(
      "info",
      "error|warn|info|debug|trace",
      "error, warn, info, debug, trace",
      "What the worker logs.");

  /** What applies to a variable without a default. */
  private enum Need {
    REQUIRED,
    OPTIONAL
  }

  /** Nine digits fit into an int. */
  private static final String DIGITS = "[0-9]{1,9}";

  private final boolean required;
  private final Optional<String> fallback;
  private final Pattern pattern;
  private final int min;
  private final int max;
  private final String allowed;
  private final String description;

  /** Text without a default. */
  Variable(Need need, String pattern, String allowed, String description) {
    this.required = need == Need.REQUIRED;
    this.fallback = Optional.empty();
    this.pattern = Pattern.compile(pattern);
    this.min = 0;
    this.max = 0;
    this.allowed = allowed;
    this.description = description;
  }

  /** Text with a default. */
  Variable(String fallback, String pattern, String allowed, String description) {
    this.required = false;
    this.fallback = Optional.of(fallback);
    this.pattern = Pattern.compile(pattern);
    this.min = 0;
    this.max = 0;
    this.allowed = allowed;
    this.description = description;
  }

  /** A whole number with a default. */
  Variable(int fallback, int min, int max, String unit, String description) {
    this.required = false;
    this.fallback = Optional.of(Integer.toString(fallback));
    this.pattern = Pattern.compile(DIGITS);
    this.min = min;
    this.max = max;
    this.allowed = "%d to %d %s".formatted(min, max, unit);
    this.description = description;
  }

  /** Those that the daemon does not start without. */
  static Set<Variable> allRequired() {
    return Arrays.stream(values()).filter(Variable::required).collect(Collectors.toSet());
  }

  /** Whether the daemon does not start without it. */
  boolean required() {
    return required;
  }

  /** The value where none is set. */
  Optional<String> fallback() {
    return fallback;
  }

  /** Whether that value, which is not blank, is allowed. */
  boolean accepts(String value) {
    return pattern.matcher(value).matches()
        && (max == 0 || (Integer.parseInt(value) >= min && Integer.parseInt(value) <= max));
  }

  /** What is allowed, in words. */
  String allowed() {
    return allowed;
  }

  /** Whether the value may be shown to whoever reads the log. */
  boolean showable() {
    return this != REMOTION_ROLE_EXTERNAL_ID && this != API_PASSWORD;
  }

  /** What it is, in one sentence or two. */
  String description() {
    return description;
  }
}
