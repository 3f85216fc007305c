package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.LocalNames;
import dev.renderworker.local.wire.CallPattern;
import dev.renderworker.local.wire.Fault;
import dev.renderworker.local.wire.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;

/** What the commands for people say and do while no worker runs. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class CommandIT {
  private static final String ESCAPE = "\u001b";

  private final LocalAws aws;
  private final Workplace place;
  private final Shell shell;

  CommandIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
    shell = Shell.script(place.environment(Map.of()));
  }

  private Shell.Result enqueue(String body) {
    return shell.runWithInput(body, "enqueue", "-");
  }

  private String enqueued() {
    String id = newJobId();
    assertEquals(0, enqueue(video(id, 1)).exitCode());
    return id;
  }

  @Test
  void requestIsQueuedOnRecordAndRepeatedOneIsAnsweredByIt() {
    String id = newJobId();

    Shell.Result first = enqueue(video(id, 1));
    place.awaitJob(id, "QUEUED");
    place.takeAll();
    cancel(id);
    Shell.Result again = shell.runWithInput(video(id, 1), "enqueue", "--json", "-");

    assertEquals(id, first.out().strip());
    assertEquals("KNOWN", again.json().getFirst().path("outcome").stringValue());
    assertEquals(0, again.exitCode());
    assertEquals(0, place.waiting(), "nothing was sent again");
  }

  @Test
  void repeatedRequestThatStillWaitsIsSentAgainForItMayNeverHaveBeen() {
    String id = enqueued();

    Shell.Result again = shell.runWithInput(video(id, 1), "enqueue", "--json", "-");

    assertEquals("ACCEPTED", again.json().getFirst().path("outcome").stringValue());
    assertEquals(2, place.waiting());
  }

  @Test
  void otherRequestUnderTheSameIdIsConflictAndNotSent() {
    String id = enqueued();

    Shell.Result other = enqueue(video(id, 2));

    assertEquals(1, other.exitCode());
    assertTrue(other.err().contains("JOB_ID_CONFLICT: the job " + id), other.err());
    assertEquals(1, place.waiting());
  }

  @Test
  void requestWithoutJobIdIsOnRecordUnderItsMessageId() {
    String id = enqueue("{\"composition\":\"hello\"}").out().strip();

    assertEquals("QUEUED", place.awaitJob(id, "QUEUED").status());
  }

  @Test
  void producerWhoMayNotWriteTheTableCanSendAllTheSame() {
    String id = newJobId();
    refusing(
        "dynamodb",
        "UpdateItem",
        id,
        () -> {
          Shell.Result sent = enqueue(video(id, 1));
          assertEquals(id, sent.out().strip());
          assertEquals(0, sent.exitCode());
        });
    assertEquals(1, place.waiting());
    assertTrue(place.job(id).isEmpty());
  }

  @Test
  void invalidRequestIsNamedWithItsFaultsAndNothingIsSent() {
    String good = video(newJobId(), 1);

    Shell.Result refused = enqueue(good + "\n{\"composition\":7}\n");

    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("Request 2 can't be sent:"), refused.err());
    assertEquals(0, place.waiting());
    Shell.Result absent = shell.run("enqueue", "no-such-file.json");
    assertEquals(1, absent.exitCode());
    assertTrue(absent.err().contains("no-such-file.json: no such file"), absent.err());
  }

  @Test
  void waitingJobEndsAtOnceWhenItIsCancelled() {
    String id = enqueued();

    Shell.Result cancelled = cancel(id);

    assertEquals("Cancelled.", cancelled.out().strip());
    assertEquals("CANCELLED", place.job(id).orElseThrow().status());
    Shell.Result again = cancel(id);
    assertEquals(1, again.exitCode());
    assertTrue(again.err().contains("has ended already: CANCELLED"), again.err());
  }

  @Test
  void scriptsAreToldOfCancelAndRetryAsJson() {
    String id = enqueued();

    JsonNode cancelled = shell.run("cancel", "--yes", "--json", id).json().getFirst();
    JsonNode retried = shell.run("retry", "--json", id).json().getFirst();

    assertEquals(
        "{\"jobId\":\"%s\",\"outcome\":\"CANCELLED\"}".formatted(id), cancelled.toString());
    assertEquals("{\"jobId\":\"%s\",\"outcome\":\"SENT\"}".formatted(id), retried.toString());
    Shell.Result again = shell.run("retry", "--json", id);
    assertEquals(1, again.exitCode());
    assertEquals("", again.out());
  }

  @Test
  void nothingIsDestroyedUnconfirmed() {
    String id = enqueued();

    assertEquals(1, shell.run("cancel", id).exitCode());
    assertEquals(1, shell.run("dlq", "purge", "--all").exitCode());
    assertEquals(1, shell.run("dlq", "redrive", "--all").exitCode());
    Shell terminal = Shell.terminal(place.environment(Map.of()));
    Shell.Result no = terminal.runWithInput("\n", "cancel", id);
    assertEquals(1, no.exitCode());
    assertTrue(no.err().contains("Cancel job " + id + "? [y/N]"), no.err());
    assertEquals("QUEUED", place.job(id).orElseThrow().status());

    assertEquals(0, terminal.runWithInput("y\n", "cancel", id).exitCode());
    assertEquals("CANCELLED", place.job(id).orElseThrow().status());
  }

  @Test
  void unknownJobsAndUnusableIdsAreToldApart() {
    for (String[] command :
        new String[][] {{"job"}, {"cancel", "--yes"}, {"retry"}, {"dlq", "show"}}) {
      Shell.Result unknown = shell.run(with(command, newJobId()));
      assertEquals(1, unknown.exitCode(), unknown.err());
      assertTrue(unknown.err().startsWith("render-worker: there is no "), unknown.err());
      Shell.Result unusable = shell.run(with(command, "../a b"));
      assertEquals(2, unusable.exitCode());
      assertTrue(unusable.err().contains("a job id has to match"), unusable.err());
    }
  }

  private static String[] with(String[] command, String last) {
    String[] all = Arrays.copyOf(command, command.length + 1);
    all[command.length] = last;
    return all;
  }

  @Test
  void wrongUsageIsSaidWithWhatIsAllowed() {
    assertEquals(2, shell.run("jobs", "--limit", "0").exitCode());
    assertEquals(2, shell.run("jobs", "--status", "LATE").exitCode());
    assertEquals(2, shell.run("dlq", "purge").exitCode());
    assertEquals(2, shell.run("dlq", "purge", "--all", "--code", "DISK_FULL").exitCode());
    assertEquals(2, shell.run("dlq", "redrive", "--all", "--rate", "501").exitCode());
    assertTrue(shell.run("dlq", "list", "--code", "OUCH").err().contains("DISK_FULL"));
    assertEquals(78, shell.with("AWS_REGION", "").run("jobs").exitCode());
  }

  @Test
  void jobThatWaitsHasNothingToRetry() {
    String id = enqueued();

    Shell.Result retried = shell.run("retry", id);

    assertEquals(1, retried.exitCode());
    assertTrue(retried.err().contains("nothing to retry: QUEUED"), retried.err());
    assertEquals(1, place.waiting());
  }

  @Test
  void cancelledJobIsSentAgainUnderItsIdWhateverItsBodySays() {
    String id = enqueue("{\"composition\":\"hello\",\"inputProps\":{\"renderSeconds\":1}}").out();
    place.takeAll();
    cancel(id.strip());

    Shell.Result retried = shell.run("retry", id.strip());

    assertEquals("Sent again.", retried.out().strip());
    assertEquals("QUEUED", place.job(id.strip()).orElseThrow().status());
    assertFalse(place.job(id.strip()).orElseThrow().has("expiresAt"));
    assertEquals(1, place.waiting());
  }

  @Test
  void jobWhoseMessageIsGoneIsListedAsLostAndCanBeRetried() {
    String id = enqueued();
    place.takeAll();
    assertTrue(find(shell.run("jobs", "--stale", "--json"), id).isEmpty(), "too early to say");

    age(id, Instant.now().minusSeconds(600));

    JsonNode lost = find(shell.run("jobs", "--stale", "--json"), id).orElseThrow();
    assertTrue(lost.path("lost").asBoolean());
    assertTrue(shell.run("jobs", "--limit", "500").out().contains("LOST QUEUED"));
    assertTrue(shell.run("job", id).out().contains("lost"));
    assertEquals(0, shell.run("retry", id).exitCode());
    assertEquals(1, place.waiting());
    assertTrue(find(shell.run("jobs", "--stale", "--json"), id).isEmpty(), "a message is there");
  }

  @Test
  void jobsAreListedByStatusNewestFirst() {
    String first = enqueued();
    String second = enqueued();

    var queued = shell.run("jobs", "--status", "queued", "--limit", "500", "--json").json();

    assertTrue(index(queued, second) < index(queued, first), queued + " " + first);
    assertTrue(find(shell.run("jobs", "--status", "failed", "--json"), first).isEmpty());
    assertFalse(shell.run("jobs").out().contains(ESCAPE));
  }

  private static int index(List<JsonNode> jobs, String id) {
    return jobs.stream().map(job -> job.path("jobId").stringValue()).toList().indexOf(id);
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    enqueued();
    Map<String, String> environment = place.environment(Map.of());

    assertTrue(Shell.terminal(environment).run("jobs").out().contains(ESCAPE));
    assertFalse(
        Shell.terminal(environment).with("NO_COLOR", "1").run("jobs").out().contains(ESCAPE));
    assertFalse(
        Shell.terminal(environment).with("TERM", "dumb").run("jobs").out().contains(ESCAPE));
  }

  @Test
  void whatComesFromOutsideIsShownAsPlainText() {
    String id = newJobId();
    String nasty = "<b>hi</b>\\u001b[2J\\u009b31m\\u202eevil\\u0007";
    enqueue("{\"jobId\":\"%s\",\"composition\":\"%s\"}".formatted(id, nasty));

    for (String[] command :
        new String[][] {
          {"job", id}, {"job", id, "--json"}, {"jobs"}, {"jobs", "--json"}, {"jobs", "--stale"}
        }) {
      String out = shell.run(command).out();
      assertTrue(
          out.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)),
          String.join(" ", command));
      assertEquals(-1, out.indexOf('\u202e'));
    }
    assertTrue(shell.run("job", id).out().contains("<b>hi</b>"));
    assertEquals(
        JSON_OF_NASTY,
        shell.run("job", id, "--json").json().getFirst().path("composition").stringValue());
  }

  private static final String JSON_OF_NASTY = "<b>hi</b>\u001b[2J\u009b31m\u202eevil\u0007";

  @Test
  void serviceThatIsAwayOrRefusesIsSaidSo() {
    String id = enqueued();
    refusing(
        "dynamodb",
        "GetItem",
        id,
        () -> {
          Shell.Result denied = shell.run("job", id);
          assertEquals(69, denied.exitCode());
          assertTrue(denied.err().contains("not authorized"), denied.err());
        });
    Shell.Result noTable = shell.with("JOBS_TABLE", "no-such-table").run("job", id);
    assertEquals(69, noTable.exitCode());
    assertTrue(noTable.err().contains("look at JOBS_TABLE"), noTable.err());
    var lost =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of("dynamodb", "GetItem").containing(id), new Fault.Drop()));
    try {
      Shell.Result away = shell.run("job", id);
      assertEquals(69, away.exitCode());
      assertTrue(away.err().startsWith("render-worker: Could not read job "), away.err());
    } finally {
      aws.faults().remove(lost);
    }
  }

  @Test
  void queueWithoutDeadLettersIsSaidSoWithWhatToDo() {
    String plain =
        aws.sqs().createQueue(create -> create.queueName("plain-" + newJobId())).queueUrl();

    Shell.Result list = shell.with("SQS_QUEUE_URL", plain).run("dlq", "list");

    assertEquals(78, list.exitCode());
    assertTrue(list.err().contains("has no dead-letter queue"), list.err());
    assertEquals(78, shell.with("SQS_QUEUE_URL", "").run("dlq", "list").exitCode());
    assertEquals(0, shell.with("SQS_QUEUE_URL", "").run("jobs").exitCode());
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (String command :
        new String[] {
          "enqueue",
          "jobs",
          "job",
          "watch",
          "cancel",
          "retry",
          "dlq",
          "dlq list",
          "dlq show",
          "dlq redrive",
          "dlq purge",
          "workers"
        }) {
      Shell.Result help = shell.run((command + " --help").split(" "));
      assertEquals(0, help.exitCode());
      assertTrue(help.out().contains("Example: render-worker " + command), command);
    }
    assertTrue(shell.run("--help").out().contains("Exit codes:"));
  }

  private Shell.Result cancel(String id) {
    return shell.run("cancel", "--yes", id);
  }

  private static Optional<JsonNode> find(Shell.Result jobs, String id) {
    Predicate<JsonNode> wanted = job -> job.path("jobId").stringValue().equals(id);
    return jobs.json().stream().filter(wanted).findFirst();
  }

  private void refusing(String service, String operation, String containing, Runnable action) {
    var fault =
        aws.faults()
            .inject(
                Fault.before(
                    CallPattern.of(service, operation).containing(containing),
                    new Fault.Refuse(Refusal.ACCESS_DENIED)));
    try {
      action.run();
    } finally {
      aws.faults().remove(fault);
    }
  }

  /** Has the record look as if nobody had touched it since. */
  private void age(String id, Instant updatedAt) {
    String text = updatedAt.truncatedTo(ChronoUnit.MILLIS).toString();
    aws.dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName(LocalNames.JOBS_TABLE)
                    .key(Map.of("jobId", AttributeValue.fromS(id)))
                    .updateExpression("SET updatedAt = :at")
                    .expressionAttributeValues(Map.of(":at", AttributeValue.fromS(text))));
  }
}
