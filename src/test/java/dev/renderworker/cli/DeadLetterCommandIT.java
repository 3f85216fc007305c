package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Dead letters as operators find and treat them, with a worker that makes them. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class DeadLetterCommandIT {
  private final LocalAws aws;
  private final Workplace place;
  private final Shell shell;
  private RunningWorker worker;

  DeadLetterCommandIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
    shell = Shell.script(place.environment(Map.of()));
    worker = place.worker();
  }

  @AfterEach
  void stop() {
    worker.close();
  }

  /** A job that fails for good in its first round. */
  private String failed(String simulation) {
    String id = newJobId();
    place.send(
        """
        {"jobId":"%s","composition":"hello","inputProps":{"simulate":"%s","renderSeconds":1}}
        """
            .formatted(id, simulation));
    place.awaitJob(id, "FAILED");
    return id;
  }

  private List<String> listed(String... more) {
    String[] command = {"dlq", "list", "--json"};
    String[] all =
        IntStream.range(0, command.length + more.length)
            .mapToObj(i -> i < command.length ? command[i] : more[i - command.length])
            .toArray(String[]::new);
    return shell.run(all).json().stream()
        .map(letter -> letter.path("jobId").stringValue())
        .sorted()
        .toList();
  }

  @Test
  void lettersAreListedAndShownAndStayWhereTheyAre() {
    String full = failed("disk-full");
    String broken = failed("script-error");
    place.awaitDeadLetters(2);

    assertEquals(Stream.of(full, broken).sorted().toList(), listed());
    assertEquals(List.of(full), listed("--code", "disk_full"));
    JsonNode letter = shell.run("dlq", "show", "--json", broken).json().getFirst();
    assertEquals("COMPOSITION_ERROR", letter.path("errorCode").stringValue());
    assertTrue(letter.path("body").stringValue().contains("\"simulate\":\"script-error\""));
    assertTrue(shell.run("dlq", "list").out().contains("DISK_FULL"));
    place.awaitDeadLetters(2);
  }

  @Test
  void redrivenJobHasNewRoundAndTheOtherLettersStay() {
    String full = failed("disk-full");
    String broken = failed("script-error");
    place.awaitDeadLetters(2);

    Shell.Result dry = shell.run("dlq", "redrive", "--job", full, "--dry-run");
    assertTrue(dry.out().contains(full), dry.out());
    place.awaitDeadLetters(2);
    Shell.Result moved = shell.run("dlq", "redrive", "--job", full, "--rate", "10", "--yes");

    assertEquals("1 sent again.", moved.out().strip(), moved.err());
    Eventually.holds("second round", () -> aws.renders().startsOf(full) == 2);
    place.awaitJob(full, "FAILED");
    place.awaitDeadLetters(2);
    assertEquals(1, aws.renders().startsOf(broken));
    assertEquals(1, shell.run("dlq", "redrive", "--code", "OUTPUT_EXISTS", "--yes").exitCode());
  }

  @Test
  void allLettersAreMovedBySqsItself() {
    String full = failed("disk-full");
    String broken = failed("script-error");
    place.awaitDeadLetters(2);

    Shell.Result moving = shell.run("dlq", "redrive", "--all", "--yes");

    assertEquals("SQS is moving about 2.", moving.out().strip());
    Eventually.holds(
        "second rounds",
        () -> aws.renders().startsOf(full) == 2 && aws.renders().startsOf(broken) == 2);
    place.awaitDeadLetters(2);
  }

  @Test
  void purgedLettersAreGoneAndTheRecordsStay() {
    String full = failed("disk-full");
    String broken = failed("script-error");
    place.awaitDeadLetters(2);

    assertEquals(
        "1 deleted.", shell.run("dlq", "purge", "--code", "DISK_FULL", "--yes").out().strip());
    assertEquals(List.of(broken), listed());
    assertEquals(0, shell.run("dlq", "purge", "--all", "--yes").exitCode());
    place.awaitDeadLetters(0);
    assertEquals("FAILED", place.job(full).orElseThrow().status());
    assertEquals("There are none.", shell.run("dlq", "redrive", "--all", "--yes").out().strip());
  }

  @Test
  void scriptsAreToldOfRedriveAndPurgeAsJson() {
    String id = failed("disk-full");
    place.awaitDeadLetters(1);

    JsonNode dry = only("dlq", "purge", "--all", "--dry-run", "--json");
    assertEquals(id, dry.path("jobId").stringValue());
    assertEquals(
        "{\"letters\":1,\"outcome\":\"MOVED\"}",
        only("dlq", "redrive", "--job", id, "--yes", "--json").toString());
    Eventually.holds("second round", () -> aws.renders().startsOf(id) == 2);
    place.awaitDeadLetters(1);
    assertEquals(
        "{\"letters\":1,\"outcome\":\"DELETED\"}",
        only("dlq", "purge", "--job", id, "--yes", "--json").toString());
    assertEquals(
        "{\"letters\":0,\"outcome\":\"MOVING\"}",
        only("dlq", "redrive", "--all", "--yes", "--json").toString());
    assertEquals(
        "{\"letters\":0,\"outcome\":\"DELETING\"}",
        only("dlq", "purge", "--all", "--yes", "--json").toString());
  }

  /** The one JSON object that a command prints. */
  private JsonNode only(String... command) {
    List<JsonNode> lines = shell.run(command).json();
    assertEquals(1, lines.size());
    return lines.getFirst();
  }

  @Test
  void letterThatSqsItselfMovedIsFoundByItsJobToo() {
    worker.close();
    String id = newJobId();
    place.deadLetterByHand("{\"jobId\":\"%s\",\"composition\":\"hello\"}".formatted(id));

    assertEquals(List.of(id), listed());
    assertEquals(0, shell.run("dlq", "redrive", "--job", id, "--yes").exitCode());
    assertEquals(1, place.waiting());
    worker = place.worker();
    place.awaitJob(id, "SUCCEEDED");
  }

  @Test
  void jobWithoutAnIdInItsBodyKeepsItsOwnThroughRedriveAndRetry() {
    String id =
        place.send(
            """
            {"composition":"hello","inputProps":{"simulate":"flaky-always","renderSeconds":1}}
            """);
    place.awaitJob(id, "FAILED");
    place.awaitDeadLetters(1);
    int before = aws.renders().startsOf(id);

    assertEquals(0, shell.run("dlq", "redrive", "--job", id, "--yes").exitCode());
    Eventually.holds("redriven", () -> aws.renders().startsOf(id) > before);
    place.awaitDeadLetters(1);
    int after = aws.renders().startsOf(id);
    assertEquals("Sent again.", shell.run("retry", id).out().strip());
    Eventually.holds("retried", () -> aws.renders().startsOf(id) > after);
    place.awaitDeadLetters(2);
  }

  @Test
  void requestTooLargeForItsRecordIsRetriedFromItsDeadLetter() {
    String id = newJobId();
    String props = "x".repeat(150_000);
    place.send(
        """
        {"jobId":"%s","composition":"hello",
         "inputProps":{"simulate":"disk-full","renderSeconds":1,"large":"%s"}}
        """
            .formatted(id, props));
    place.awaitJob(id, "FAILED");
    place.awaitDeadLetters(1);

    assertEquals("Sent again.", shell.run("retry", id).out().strip());

    Eventually.holds("retried", () -> aws.renders().startsOf(id) == 2);
    place.awaitDeadLetters(1);
    shell.run("dlq", "purge", "--all", "--yes");
    place.awaitDeadLetters(0);
    place.awaitJob(id, "FAILED");
    Shell.Result gone = shell.run("retry", id);
    assertEquals(1, gone.exitCode());
    assertTrue(gone.err().contains("too large for its record"), gone.err());
  }
}
