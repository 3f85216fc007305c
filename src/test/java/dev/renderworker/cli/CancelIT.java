package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Jobs that people cancel, retry and watch while a worker has them. */
@Timeout(120)
@ExtendWith(SharedAws.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelIT {
  private final LocalAws aws;
  private final Workplace place;
  private final Shell shell;
  private final RunningWorker worker;

  CancelIT(LocalAws aws) {
    this.aws = aws;
    place = Workplace.standard(aws);
    shell = Shell.script(place.environment(Map.of()));
    worker = place.worker();
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  /** The functions that hear of a cancel begin after a tenth of the render. */
  private String rendering() {
    String id = newJobId();
    place.send(video(id, 60));
    place.awaitJob(id, "RENDERING");
    return id;
  }

  @ConcurrentTest
  void renderThatGoesOnIsCancelledAndItsMessageDeleted() {
    String id = rendering();

    Shell.Result cancelled = shell.run("cancel", "--yes", id);

    assertEquals("Asked its worker to cancel it.", cancelled.out().strip());
    JobRecord record = place.awaitJob(id, "CANCELLED");
    assertEquals(List.of("STARTING", "RENDERING", "CANCELLED"), record.history());
    assertEquals(1, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void renderThatWasStartedWithoutCancellationIsLetGo() {
    String id = newJobId();
    place.send(
        """
        {"jobId":"%s","composition":"hello","enableCancellation":false,
         "inputProps":{"renderSeconds":300}}
        """
            .formatted(id));
    place.awaitJob(id, "RENDERING");

    shell.run("cancel", "--yes", id);

    place.awaitJob(id, "CANCELLED");
    assertTrue(shell.run("job", id).out().contains("and runs on"));
  }

  @ConcurrentTest
  void cancelledJobThatIsRetriedIsRenderedUnderItsId() {
    String id = rendering();
    shell.run("cancel", "--yes", id);
    place.awaitJob(id, "CANCELLED");
    // The same request again is answered by the record.
    Shell.Result known = shell.runWithInput(video(id, 60), "enqueue", "--json", "-");
    assertEquals("KNOWN", known.json().getFirst().path("outcome").stringValue());

    assertEquals("Sent again.", shell.run("retry", id).out().strip());

    place.awaitJob(id, "RENDERING");
    shell.run("cancel", "--yes", id);
    place.awaitJob(id, "CANCELLED");
    assertEquals(2, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void finishedJobCanBeNeitherCancelledNorRetried() {
    String id = newJobId();
    place.send(video(id, 1));
    place.awaitJob(id, "SUCCEEDED");

    Shell.Result cancelled = shell.run("cancel", "--yes", id);
    Shell.Result retried = shell.run("retry", id);

    assertEquals(1, cancelled.exitCode());
    assertTrue(cancelled.err().contains("has ended already: SUCCEEDED"), cancelled.err());
    assertEquals(1, retried.exitCode());
    assertTrue(retried.err().contains("nothing to retry: SUCCEEDED"), retried.err());
    assertEquals(1, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void sameRequestAgainIsNotRenderedAgainAndAnotherIsConflict() {
    String id = newJobId();
    String body = video(id, 1);
    place.send(body);
    place.awaitJob(id, "SUCCEEDED");

    Shell.Result same = shell.runWithInput(body, "enqueue", "--wait", "-");
    place.send(body);
    String other = place.send(video(id, 2));
    place.awaitJob(other, "REJECTED");

    assertEquals(0, same.exitCode());
    assertTrue(same.out().contains("SUCCEEDED"), same.out());
    assertEquals("JOB_ID_CONFLICT", place.job(other).orElseThrow().text("errorCode"));
    assertEquals(1, aws.renders().startsOf(id));
    assertEquals("SUCCEEDED", place.job(id).orElseThrow().status());
  }

  @ConcurrentTest
  void waitingForJobEndsWithItAndSaysHowItEnded() {
    String good = newJobId();
    Shell.Result waited = shell.runWithInput(video(good, 1), "enqueue", "--wait", "-");
    assertEquals(0, waited.exitCode());
    assertTrue(waited.out().contains("SUCCEEDED"), waited.out());

    String bad = video(newJobId(), "{\"simulate\":\"disk-full\",\"renderSeconds\":1}");
    Shell.Result failed = shell.runWithInput(bad, "enqueue", "--wait", "-");
    assertEquals(1, failed.exitCode());
    assertTrue(failed.out().contains("DISK_FULL: "), failed.out());
  }

  @ConcurrentTest
  void workerIsListedAsAlive() {
    Eventually.holds("alive", () -> shell.run("workers").out().contains("ALIVE"));
    List<JsonNode> workers = shell.run("workers", "--json").json();
    assertTrue(workers.stream().anyMatch(entry -> entry.path("alive").asBoolean()));
  }

  @ConcurrentTest
  void watchShowsJobsAsTheyMoveUntilItIsStopped() throws Exception {
    String id = newJobId();
    Shell watching = Shell.script(place.environment(Map.of()));
    var watch = new FutureTask<>(() -> watching.run("watch", "--limit", "200"));
    Thread.ofPlatform().start(watch);
    place.send(video(id, 3));
    place.awaitJob(id, "SUCCEEDED");
    Eventually.holds("seen", () -> shell.run("jobs", "--limit", "500").out().contains(id));
    watching.interrupt();

    Shell.Result seen = watch.get();
    assertEquals(0, seen.exitCode());
    assertTrue(seen.out().lines().anyMatch(line -> line.startsWith(id.substring(0, 20))));
  }
}
