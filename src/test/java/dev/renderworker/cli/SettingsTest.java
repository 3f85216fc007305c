package dev.renderworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.renderworker.completion.CompletionTarget;
import dev.renderworker.credentials.RoleSettings;
import dev.renderworker.http.HttpSettings;
import dev.renderworker.job.ClaimRule;
import dev.renderworker.job.RetryBackoff;
import dev.renderworker.job.RetryRule;
import dev.renderworker.jobtable.TableSettings;
import dev.renderworker.operations.LostRule;
import dev.renderworker.queue.QueueSettings;
import dev.renderworker.remotion.RemotionSettings;
import dev.renderworker.remotion.client.RemotionDefaults;
import dev.renderworker.remotion.request.InputBuckets;
import dev.renderworker.worker.PollPace;
import dev.renderworker.worker.WorkerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final URI QUEUE =
      URI.create("https://sqs.us-east-1.amazonaws.com/123456789012/renders");
  private static final String ROLE = "arn:aws:iam::123456789012:role/remotion";

  /** Another value than the default for every variable. */
  private static final String ALL =
      """
      AWS_REGION=cn-north-1
      SQS_QUEUE_URL=http://localhost:9324/000000000000/renders.fifo
      REMOTION_ROLE_ARN=arn:aws-cn:iam::210987654321:role/path/other
      REMOTION_ROLE_SESSION_NAME=me@host
      REMOTION_ROLE_SESSION_SECONDS=900
      REMOTION_ROLE_EXTERNAL_ID=external
      REMOTION_FUNCTION_NAME=my-function
      REMOTION_SERVE_URL=my-site
      REMOTION_BUCKET_NAME=remotionlambda-x
      INPUT_BUCKETS=my-inputs, other.inputs
      REMOTION_ENABLE_CANCELLATION=false
      REMOTION_ONE_OUTPUT_PER_JOB=true
      JOBS_TABLE=jobs
      WORKERS_TABLE=workers
      JOB_RETENTION_DAYS=1
      MAX_CONCURRENT_RENDERS=20000
      MAX_ATTEMPTS=20
      RETRY_BACKOFF_SECONDS=1
      RETRY_BACKOFF_MAX_SECONDS=2
      RECEIVE_WAIT_SECONDS=0
      VISIBILITY_TIMEOUT_SECONDS=30
      HEARTBEAT_SECONDS=2
      STALE_AFTER_SECONDS=6
      PROGRESS_MIN_INTERVAL_MS=100
      PROGRESS_MAX_INTERVAL_MS=101
      LATE_LAUNCH_SECONDS=0
      PORT=65535
      BIND_ADDRESS=::1
      API_USERNAME=me
      API_PASSWORD=12345678
      REMOTION_DEFAULT_COMPOSITION=My Film
      COMPLETION_TARGET_ARN=arn:aws-cn:events:cn-north-1:210987654321:event-bus/ends
      LOG_FORMAT=json
      LOG_LEVEL=trace
      """;

  private final Map<String, String> environment = new HashMap<>();

  SettingsTest() {
    environment.put("AWS_REGION", "us-east-1");
    environment.put("SQS_QUEUE_URL", QUEUE.toString());
    environment.put("REMOTION_ROLE_ARN", ROLE);
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    Settings settings = Settings.parse(environment);

    assertEquals(
        new QueueSettings(QUEUE, Duration.ofSeconds(20), Duration.ofMinutes(2)), settings.queue());
    assertEquals(
        new TableSettings("render-worker-jobs", "render-worker-workers", Duration.ofDays(30)),
        settings.tables());
    assertEquals(
        new RoleSettings(ROLE, "render-worker", Duration.ofHours(1), Optional.empty()),
        settings.role());
    assertEquals(
        new RemotionSettings(
            new RemotionDefaults(
                "us-east-1", Optional.empty(), Optional.empty(), Optional.empty(), true),
            InputBuckets.NONE,
            Duration.ofMinutes(5),
            false),
        settings.remotion());
    assertEquals(
        new Settings.Work(
            new WorkerSettings(
                20, Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(30)),
            new ClaimRule(Duration.ofSeconds(45)),
            new RetryRule(3, new RetryBackoff(Duration.ofSeconds(10), Duration.ofMinutes(15))),
            new PollPace(Duration.ofMillis(500), Duration.ofSeconds(15)),
            Optional.empty()),
        settings.work());
    assertEquals(Optional.empty(), settings.http());
    assertEquals(new Settings.Log(Optional.empty(), "info"), settings.log());
  }

  @Test
  void everyVariableReachesItsSetting() {
    Map<String, String> all =
        ALL.lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    assertEquals(Variable.values().length, all.size());

    Settings settings = Settings.parse(all);

    assertEquals(
        new QueueSettings(
            URI.create("http://localhost:9324/000000000000/renders.fifo"),
            Duration.ZERO,
            Duration.ofSeconds(30)),
        settings.queue());
    assertEquals(new TableSettings("jobs", "workers", Duration.ofDays(1)), settings.tables());
    assertEquals(
        new RoleSettings(
            "arn:aws-cn:iam::210987654321:role/path/other",
            "me@host",
            Duration.ofMinutes(15),
            Optional.of("external")),
        settings.role());
    assertEquals(
        new RemotionSettings(
            new RemotionDefaults(
                "cn-north-1",
                Optional.of("my-function"),
                Optional.of("my-site"),
                Optional.of("remotionlambda-x"),
                false),
            new InputBuckets(Set.of("my-inputs", "other.inputs")),
            Duration.ZERO,
            true),
        settings.remotion());
    assertEquals(
        new Settings.Work(
            new WorkerSettings(
                20_000, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(30)),
            new ClaimRule(Duration.ofSeconds(6)),
            new RetryRule(20, new RetryBackoff(Duration.ofSeconds(1), Duration.ofSeconds(2))),
            new PollPace(Duration.ofMillis(100), Duration.ofMillis(101)),
            Optional.of(
                CompletionTarget.of("arn:aws-cn:events:cn-north-1:210987654321:event-bus/ends"))),
        settings.work());
    assertEquals(
        Optional.of(
            new HttpSettings(
                new InetSocketAddress(InetAddress.ofLiteral("::1"), 65535),
                new HttpSettings.Credentials("me", "12345678"),
                Optional.of("My Film"),
                Duration.ofSeconds(6))),
        settings.http());
    assertEquals(new Settings.Log(Optional.of(true), "trace"), settings.log());
  }

  @Test
  void blankCountsAsNotSetAndSpaceAroundAValueIsNoPartOfIt() {
    environment.put("MAX_ATTEMPTS", " ");
    environment.put("REMOTION_ROLE_EXTERNAL_ID", "");
    environment.put("LOG_LEVEL", " debug ");
    environment.put("LOG_FORMAT", "text");

    Settings settings = Settings.parse(environment);

    assertEquals(3, settings.work().retryRule().maxAttempts());
    assertEquals(Optional.empty(), settings.role().externalId());
    assertEquals(new Settings.Log(Optional.of(false), "debug"), settings.log());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS_REGION | us_east_1 | an AWS region, such as us-east-1",
        "SQS_QUEUE_URL | renders | the http(s) URL of a queue, as SQS gives it",
        "SQS_QUEUE_URL | https://example.com/%zz | the http(s) URL of a queue, as SQS gives it",
        "REMOTION_ROLE_SESSION_NAME | a b | 2 to 64 letters, digits and _ + = , . @ -",
        "REMOTION_ROLE_SESSION_SECONDS | 899 | 900 to 3600 seconds",
        "REMOTION_ROLE_SESSION_SECONDS | 3601 | 900 to 3600 seconds",
        "REMOTION_FUNCTION_NAME | a:b | 1 to 64 letters, digits, - and _",
        "REMOTION_BUCKET_NAME | A | the name of a bucket",
        "INPUT_BUCKETS | s3://inputs | names of buckets with commas between them",
        "INPUT_BUCKETS | inputs,,more | names of buckets with commas between them",
        "REMOTION_ENABLE_CANCELLATION | yes | true, false",
        "JOBS_TABLE | a/b | 3 to 255 letters, digits, _ . and -",
        "JOB_RETENTION_DAYS | 0 | 1 to 3650 days",
        "MAX_CONCURRENT_RENDERS | 20001 | 1 to 20000 renders",
        "MAX_CONCURRENT_RENDERS | 99999999999999999999 | 1 to 20000 renders",
        "MAX_ATTEMPTS | -1 | 1 to 20 attempts",
        "RETRY_BACKOFF_SECONDS | 1.5 | 1 to 3600 seconds",
        "RECEIVE_WAIT_SECONDS | 21 | 0 to 20 seconds",
        "VISIBILITY_TIMEOUT_SECONDS | 29 | 30 to 43200 seconds",
        "HEARTBEAT_SECONDS | 10s | 1 to 60 seconds",
        "PROGRESS_MIN_INTERVAL_MS | 99 | 100 to 60000 milliseconds",
        "LOG_FORMAT | JSON | auto, text, json",
        "LOG_LEVEL | verbose | error, warn, info, debug, trace"
      })
  void valueThatIsNotAllowedIsNamedWithWhatIs(String name, String value, String allowed) {
    environment.put(name, value);

    assertEquals(List.of(name + " is \"" + value + "\"; allowed: " + allowed), mistakes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::123456789012:user/me",
        "arn:aws:iam::12345:role/x",
        "arn:aws-eu:iam::123456789012:role/x",
        "remotion"
      })
  void roleThatIsNoRoleArnIsRefused(String role) {
    environment.put("REMOTION_ROLE_ARN", role);

    assertEquals(
        List.of(
            "REMOTION_ROLE_ARN is \""
                + role
                + "\"; allowed: the ARN of a role, such as arn:aws:iam::123456789012:role/remotion"),
        mistakes());
  }

  @Test
  void valueOfASecretIsNeverShown() {
    environment.put("REMOTION_ROLE_EXTERNAL_ID", "top secret");

    assertEquals(
        List.of(
            "REMOTION_ROLE_EXTERNAL_ID has a value that is not shown;"
                + " allowed: 2 to 1224 letters, digits and _ + = , . @ : / -"),
        mistakes());
    environment.put("REMOTION_ROLE_EXTERNAL_ID", "top-secret");
    assertFalse(Settings.parse(environment).toString().contains("top-secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "RETRY_BACKOFF_MAX_SECONDS,9,RETRY_BACKOFF_SECONDS,10,at least RETRY_BACKOFF_SECONDS",
    "PROGRESS_MAX_INTERVAL_MS,499,PROGRESS_MIN_INTERVAL_MS,500,at least PROGRESS_MIN_INTERVAL_MS",
    "STALE_AFTER_SECONDS,44,HEARTBEAT_SECONDS,15,at least 3 times HEARTBEAT_SECONDS",
    "WORKERS_TABLE,one,JOBS_TABLE,one,another table than JOBS_TABLE",
    "SQS_QUEUE_URL,https://sqs.eu-west-1.amazonaws.com/1/q,AWS_REGION,us-east-1,"
        + "a queue in AWS_REGION",
    "REMOTION_ROLE_ARN,arn:aws-cn:iam::123456789012:role/r,AWS_REGION,us-east-1,"
        + "a role in the partition of AWS_REGION"
  })
  void valuesThatDoNotAgreeAreNamedTogether(
      String one, String first, String other, String second, String allowed) {
    environment.put(one, first);
    environment.put(other, second);

    assertEquals(
        List.of(
            "%s is \"%s\" and %s is \"%s\"; allowed: %s"
                .formatted(one, first, other, second, allowed)),
        mistakes());
  }

  @Test
  void messageStaysHiddenUntilTheNextSignOfLife() {
    environment.put("VISIBILITY_TIMEOUT_SECONDS", "30");
    environment.put("HEARTBEAT_SECONDS", "31");
    environment.put("STALE_AFTER_SECONDS", "93");

    assertEquals(
        List.of(
            "VISIBILITY_TIMEOUT_SECONDS is \"30\" and HEARTBEAT_SECONDS is \"31\"; allowed: at"
                + " least HEARTBEAT_SECONDS"),
        mistakes());
  }

  @Test
  void valuesThatJustAgreeAreAllowed() {
    environment.put("RETRY_BACKOFF_MAX_SECONDS", "10");
    environment.put("PROGRESS_MAX_INTERVAL_MS", "500");
    environment.put("HEARTBEAT_SECONDS", "15");

    assertEquals(Duration.ofSeconds(15), Settings.parse(environment).work().worker().heartbeat());
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_ATEMPTS,MAX_ATTEMPTS",
    "MAX_ATTEMPTS_,MAX_ATTEMPTS",
    "log_level,LOG_LEVEL",
    "SQS_QUEUEURL,SQS_QUEUE_URL",
    "REMOTION_ROLE_ANR,REMOTION_ROLE_ARN",
  })
  void misspeltNameIsRefusedWithTheLikelyOne(String name, String meant) {
    environment.put(name, "x");

    assertEquals(
        List.of(name + " is no variable of Render Worker; did you mean " + meant + "?"),
        mistakes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"REMOTION_SITE", "RENDER_WORKER_QUEUE"})
  void unknownNameWithOurPrefixIsRefusedUnlessItIsBlank(String name) {
    environment.put(name, "x");
    assertEquals(List.of(name + " is no variable of Render Worker"), mistakes());

    environment.put(name, " ");
    assertEquals("us-east-1", Settings.parse(environment).region());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PATH",
        "HOST",
        "API_URL",
        "AWS_PROFILE",
        "AWS_ENDPOINT_URL_SQS",
        "AWS_DEFAULT_REGION",
        "REMOTION_APP_ID",
        "REMOTION_AWS_ACCESS_KEY_ID",
        "REMOTION_LICENSE_KEY",
        "RENDER_WORKER_JAR"
      })
  void variablesOfOthersAreLeftAlone(String name) {
    environment.put(name, "x");

    assertEquals("us-east-1", Settings.parse(environment).region());
  }

  @Test
  void allMistakesAreShownAtOnce() {
    environment.remove("SQS_QUEUE_URL");
    environment.put("AWS_REGION", "mars");
    environment.put("MAX_ATTEMPTS", "0");
    environment.put("HEARTBEAT_SECONDS", "60");
    environment.put("REMOTION_BUKET_NAME", "b");

    assertEquals(
        List.of(
            "AWS_REGION is \"mars\"; allowed: an AWS region, such as us-east-1",
            "SQS_QUEUE_URL is missing; allowed: the http(s) URL of a queue, as SQS gives it",
            "MAX_ATTEMPTS is \"0\"; allowed: 1 to 20 attempts",
            "STALE_AFTER_SECONDS is \"45\" and HEARTBEAT_SECONDS is \"60\";"
                + " allowed: at least 3 times HEARTBEAT_SECONDS",
            "REMOTION_BUKET_NAME is no variable of Render Worker;"
                + " did you mean REMOTION_BUCKET_NAME?"),
        mistakes());
  }

  @Test
  void portOpensTheApiOnThisHostOnly() {
    environment.put("PORT", "3000");
    environment.put("API_USERNAME", "operator");
    environment.put("API_PASSWORD", "correct horse");
    environment.put("REMOTION_DEFAULT_COMPOSITION", "hello");

    assertEquals(
        Optional.of(
            new HttpSettings(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 3000),
                new HttpSettings.Credentials("operator", "correct horse"),
                Optional.of("hello"),
                Duration.ofSeconds(45))),
        Settings.parse(environment).http());
  }

  @Test
  void portWithoutNameAndPasswordIsRefused() {
    environment.put("PORT", "3000");

    assertEquals(
        List.of(
            "API_USERNAME is missing; allowed: 1 to 128 characters, without a colon",
            "API_PASSWORD is missing; allowed: 8 to 256 characters"),
        mistakes());
  }

  @Test
  void passwordIsNeverShown() {
    environment.put("PORT", "3000");
    environment.put("API_USERNAME", "a:b");
    environment.put("API_PASSWORD", "secret");

    assertEquals(
        List.of(
            "API_USERNAME is \"a:b\"; allowed: 1 to 128 characters, without a colon",
            "API_PASSWORD has a value that is not shown; allowed: 8 to 256 characters"),
        mistakes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "99999", "x", "80 80"})
  void portOutOfRangeIsRefused(String port) {
    environment.put("PORT", port);
    environment.put("API_USERNAME", "operator");
    environment.put("API_PASSWORD", "correct horse");

    assertEquals(List.of("PORT is \"" + port + "\"; allowed: 1 to 65535"), mistakes());
  }

  @Test
  void commandNeedsOnlyTheRegion() {
    assertEquals(
        new CommandSettings(
            "us-east-1",
            Optional.empty(),
            new TableSettings("render-worker-jobs", "render-worker-workers", Duration.ofDays(30)),
            new LostRule(Duration.ofSeconds(45), Duration.ofSeconds(120))),
        CommandSettings.parse(Map.of("AWS_REGION", "us-east-1")));
    assertEquals(Optional.of(QUEUE), CommandSettings.parse(environment).queueUrl());
    assertThrows(MisconfiguredException.class, () -> CommandSettings.parse(Map.of()));
  }

  /** The lines below the heading. */
  private List<String> mistakes() {
    String message =
        assertThrows(MisconfiguredException.class, () -> Settings.parse(environment)).getMessage();
    assertEquals("the configuration is wrong:", message.lines().findFirst().orElseThrow());
    return message.lines().skip(1).map(String::strip).toList();
  }
}
