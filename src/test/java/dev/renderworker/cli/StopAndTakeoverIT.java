package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A worker that ends, in order or not, and the one that goes on with its renders. */
@Timeout(180)
@ExtendWith(SharedAws.class)
class StopAndTakeoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final LocalAws aws;
  private final Workplace place;
  @TempDir private Path folder;

  StopAndTakeoverIT(LocalAws aws) {
    this.aws = aws;
    this.place = Workplace.standard(aws);
  }

  private WorkerProcess process() {
    return WorkerProcess.start(place.environment(Map.of()), folder.resolve("worker.log"));
  }

  @ConcurrentTest
  void stopHandsTheRenderOverToTheNextWorker() {
    String id = newJobId();
    place.send(video(id, 8));
    JobRecord rendering;
    try (WorkerProcess worker = process()) {
      rendering = place.awaitJob(id, "RENDERING");
      worker.terminate();
      assertEquals(0, worker.waitFor(LIMIT), worker::output);
    }
    JobRecord released = place.awaitJob(id, "RENDERING");
    assertFalse(released.has("owner"), released.toString());

    try (RunningWorker _ = place.worker()) {
      assertFollowedToItsEnd(id, rendering);
    }
  }

  @ConcurrentTest
  void killedWorkersRenderIsTakenOverWhenItsMessageComesBack() {
    String id = newJobId();
    place.send(video(id, 8));
    JobRecord rendering;
    try (WorkerProcess worker = process()) {
      rendering = place.awaitJob(id, "RENDERING");
      worker.kill();
    }
    assertEquals(rendering.text("owner"), place.awaitJob(id, "RENDERING").text("owner"));

    try (RunningWorker _ = place.worker()) {
      assertFollowedToItsEnd(id, rendering);
    }
  }

  @ConcurrentTest
  void frozenWorkerThatComesBackLetsGo() {
    String id = newJobId();
    place.send(video(id, 12));
    try (WorkerProcess frozen = process()) {
      JobRecord rendering = place.awaitJob(id, "RENDERING");
      frozen.signal("STOP");
      try (RunningWorker _ = place.worker()) {
        // The message sent again stands for the hidden one, which nobody extends now.
        place.send(video(id, 12));
        Eventually.holds("taken over", () -> !ownedAs(rendering, id));
        frozen.signal("CONT");

        assertFollowedToItsEnd(id, rendering);
      }
      frozen.terminate();
      assertEquals(0, frozen.waitFor(LIMIT), frozen::output);
    }
    assertEquals(1, aws.renders().startsOf(id));
  }

  @ConcurrentTest
  void frozenWorkerThatWakesAfterItsJobHasEndedElsewhereTouchesNothing() {
    Workplace own = Workplace.standard(aws);
    String id = newJobId();
    own.send(video(id, 6));
    Map<String, String> environment = own.environment(Map.of());
    try (WorkerProcess frozen = WorkerProcess.start(environment, folder.resolve("frozen.log"))) {
      JobRecord rendering = own.awaitJob(id, "RENDERING");
      frozen.signal("STOP");
      try (RunningWorker _ = own.worker()) {
        // Nobody extends the message any more, so it comes back by itself.
        JobRecord ended = own.awaitJob(id, "SUCCEEDED");
        assertEquals(rendering.text("renderId"), ended.text("renderId"));
        own.awaitEmpty();
        frozen.signal("CONT");
        Eventually.holds("it lets go", () -> frozen.output().contains("Letting go"));
        assertEquals(ended, own.job(id).orElseThrow());
        own.awaitDeadLetters(0);
      }
      frozen.terminate();
      assertEquals(0, frozen.waitFor(LIMIT), frozen::output);
    }
    assertEquals(1, aws.renders().startsOf(id));
  }

  /** On a slow machine the render may have ended, and have no owner, by the first look. */
  private boolean ownedAs(JobRecord rendering, String id) {
    JobRecord now = place.job(id).orElseThrow();
    return now.has("owner") && now.text("owner").equals(rendering.text("owner"));
  }

  private void assertFollowedToItsEnd(String id, JobRecord rendering) {
    JobRecord job = place.awaitJob(id, "SUCCEEDED");
    assertEquals(rendering.text("renderId"), job.text("renderId"));
    assertEquals(1, job.number("attempt"));
    place.awaitEmpty();
    assertEquals(1, aws.renders().startsOf(id));
    assertFalse(job.has("owner"), job.toString());
  }
}
