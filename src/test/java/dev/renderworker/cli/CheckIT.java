package dev.renderworker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.renderworker.SharedAws;
import dev.renderworker.check.Finding;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything green; then each thing broken for itself, and red for it. */
@Timeout(60)
@ExtendWith(SharedAws.class)
class CheckIT {
  private static final int ENOUGH = 1000;

  private final LocalAws aws;
  private final Map<String, String> environment;
  private final HttpServer site = HttpServer.create(loopback(), 0);
  private final List<Finding> findings = new ArrayList<>();

  /** Clock of this machine, as seen from AWS. */
  private InstantSource clock = InstantSource.system();

  CheckIT(LocalAws aws) throws IOException {
    this.aws = aws;
    site.createContext("/sites/demo/index.html", exchange -> exchange.sendResponseHeaders(200, -1));
    site.start();
    environment = new HashMap<>(Workplace.standard(aws).environment(Map.of()));
    environment.put("REMOTION_SERVE_URL", siteUrl("demo"));
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private String siteUrl(String name) {
    return "http://127.0.0.1:%d/sites/%s/index.html".formatted(site.getAddress().getPort(), name);
  }

  @AfterEach
  void mend() {
    aws.faults().clear();
    aws.limitConcurrency(ENOUGH);
    site.stop(0);
  }

  private boolean examine() {
    return new Doctor(environment, clock).examine(findings::add);
  }

  /** The only finding that is neither passed nor skipped. */
  private Finding onlyTrouble() {
    assertEquals(false, examine(), findings::toString);
    List<Finding> trouble =
        findings.stream()
            .filter(
                finding ->
                    switch (finding) {
                      case Finding.Passed _, Finding.Skipped _ -> false;
                      case Finding.Weak _, Finding.Broken _ -> true;
                    })
            .toList();
    assertEquals(1, trouble.size(), findings::toString);
    return trouble.getFirst();
  }

  private void assertBroken(String check, String problem, String remedy) {
    var broken = assertInstanceOf(Finding.Broken.class, onlyTrouble());
    assertEquals(check, broken.check());
    assertTrue(broken.problem().contains(problem), broken.problem());
    assertTrue(broken.remedy().contains(remedy), broken.remedy());
  }

  private void assertWeak(String check, String problem, String remedy) {
    var weak = assertInstanceOf(Finding.Weak.class, onlyTrouble());
    assertEquals(check, weak.check());
    assertTrue(weak.problem().contains(problem), weak.problem());
    assertTrue(weak.remedy().contains(remedy), weak.remedy());
  }

  private List<String> skipped() {
    return findings.stream().filter(Finding.Skipped.class::isInstance).map(Finding::check).toList();
  }

  private void refuse(String service, String operation) {
    aws.faults()
        .inject(
            Fault.before(
                CallPattern.of(service, operation), new Fault.Refuse(Refusal.ACCESS_DENIED)));
  }

  @Test
  void everythingAsItShouldBePasses() {
    assertTrue(examine(), findings::toString);

    findings.forEach(finding -> assertInstanceOf(Finding.Passed.class, finding));
    assertEquals(
        List.of(
            "configuration",
            "credentials",
            "clock",
            "role",
            "queue",
            "dead letters",
            "jobs table",
            "workers table",
            "function",
            "concurrency",
            "bucket",
            "site"),
        findings.stream().map(Finding::check).toList());
    String said = findings.toString();
    assertTrue(said.contains("assumed-role/" + LocalNames.INSTANCE_ROLE + "/"), said);
    assertTrue(said.contains(LocalNames.ROLE_ARN + ", for 60 minutes"), said);
    assertTrue(said.contains("Remotion " + LocalNames.VERSION + ", 2048 MB memory"), said);
    assertTrue(said.contains("1000 functions at once"), said);
  }

  @Test
  void functionAndBucketAreDiscoveredWhereNoneIsNamed() {
    environment.remove("REMOTION_FUNCTION_NAME");
    environment.remove("REMOTION_BUCKET_NAME");
    environment.remove("REMOTION_SERVE_URL");

    assertTrue(examine(), findings::toString);

    assertEquals(List.of("site"), skipped());
    assertTrue(findings.toString().contains(LocalNames.BUCKET + " can be"), findings::toString);
  }

  @Test
  void wrongSettingEndsTheLook() {
    environment.put("MAX_ATTEMPTS", "0");

    assertBroken("configuration", "MAX_ATTEMPTS is \"0\"", "Mend it first");
    assertEquals(1, findings.size());
  }

  @Test
  void credentialsThatAwsRefusesEndTheLook() {
    refuse("sts", "GetCallerIdentity");

    assertBroken("credentials", "is not authorized", "instance a profile");
    assertTrue(skipped().containsAll(List.of("role", "queue", "function")), findings::toString);
  }

  @ParameterizedTest
  @CsvSource({"PT1M,ahead of", "PT-1M,behind"})
  void clockThatIsOffIsSaid(Duration off, String direction) {
    InstantSource right = InstantSource.system();
    clock = () -> right.instant().plus(off);

    assertWeak("clock", direction + " that of AWS", "timedatectl");
  }

  @Test
  void roleThatMayNotBeAssumedLeavesLambdaAndS3Alone() {
    refuse("sts", "AssumeRole");

    assertBroken("role", "not authorized to perform: sts:AssumeRole", "trust policy");
    assertEquals(List.of("function", "concurrency", "bucket", "site"), skipped());
  }

  @Test
  void missingQueueIsFound() {
    environment.compute("SQS_QUEUE_URL", (_, url) -> url + "-gone");

    assertBroken("queue", "-gone", "aws sqs create-queue");
  }

  @Test
  void queueThatMayNotBeLookedAtIsFound() {
    refuse("sqs", "GetQueueAttributes");

    assertBroken("queue", "Could not look at queue", "sqs:GetQueueAttributes");
  }

  @Test
  void missingDeadLetterQueueIsFound() {
    environment.put(
        "SQS_QUEUE_URL",
        aws.sqs().createQueue(create -> create.queueName(Workplace.newJobId())).queueUrl());

    assertBroken("dead letters", "has no dead-letter queue", "aws sqs set-queue-attributes");
  }

  @ParameterizedTest
  @CsvSource({"JOBS_TABLE,jobs table", "WORKERS_TABLE,workers table"})
  void missingTableIsFound(String setting, String check) {
    environment.put(setting, "no-such-table");

    assertBroken(check, "no table no-such-table", "aws dynamodb create-table");
  }

  @Test
  void missingFunctionIsFound() {
    environment.put("REMOTION_FUNCTION_NAME", "remotion-render-none");

    assertBroken("function", "FUNCTION_MISSING", "npx remotion lambda functions deploy");
  }

  @ParameterizedTest
  @CsvSource({"Invoke", "GetFunctionConfiguration"})
  void functionThatIsDeniedIsFound(String operation) {
    refuse("lambda", operation);

    assertBroken("function", "ACCESS_DENIED", "lambda:GetFunctionConfiguration");
  }

  @Test
  void quotaThatIsTooSmallIsFoundWithWhatItIsGoodFor() {
    aws.limitConcurrency(39);

    assertWeak("concurrency", "39 functions at once", "MAX_CONCURRENT_RENDERS to 19 or less");
  }

  @Test
  void quotaThatIsNotToldIsSaid() {
    refuse("lambda", "GetAccountSettings");

    assertWeak("concurrency", "ACCESS_DENIED", "lambda:GetAccountSettings");
  }

  @Test
  void missingBucketIsFound() {
    environment.put("REMOTION_BUCKET_NAME", "remotionlambda-none");

    assertBroken("bucket", "BUCKET_REFUSED", "REMOTION_BUCKET_NAME");
  }

  @ParameterizedTest
  @CsvSource({"ListObjectsV2", "HeadObject"})
  void bucketThatIsDeniedIsFound(String operation) {
    refuse("s3", operation);

    assertBroken("bucket", "ACCESS_DENIED", "s3:GetObject");
  }

  @Test
  void missingSiteIsFound() {
    environment.put("REMOTION_SERVE_URL", siteUrl("none"));

    assertWeak("site", "answers with HTTP 404", "npx remotion lambda sites create");
  }

  @Test
  void siteThatDoesNotAnswerIsFound() {
    site.stop(0);

    assertWeak("site", "does not answer", "REMOTION_SERVE_URL");
  }
}
