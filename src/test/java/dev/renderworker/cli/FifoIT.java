package dev.renderworker.cli;

import static dev.renderworker.cli.Workplace.newJobId;
import static dev.renderworker.cli.Workplace.video;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Message groups are serial up to the end of each render, not only to its start. */
@Timeout(120)
@ExtendWith(SharedAws.class)
class FifoIT {
  private final Workplace place;

  FifoIT(LocalAws aws) {
    place = Workplace.fifo(aws);
  }

  @ConcurrentTest
  void rendersOfOneGroupFollowEachOtherWhileAnotherGroupGoesItsWay() {
    String first = newJobId();
    String second = newJobId();
    String third = newJobId();
    String apart = newJobId();
    place.send(video(first, 3), "customer-7");
    place.send(video(second, 1), "customer-7");
    place.send(video(third, 1), "customer-7");
    place.send(video(apart, 1), "customer-8");
    try (RunningWorker _ = place.worker()) {
      JobRecord last = place.awaitJob(third, "SUCCEEDED");

      JobRecord firstJob = place.awaitJob(first, "SUCCEEDED");
      JobRecord secondJob = place.awaitJob(second, "SUCCEEDED");
      assertFalse(secondJob.instant("startedAt").isBefore(firstJob.instant("finishedAt")));
      assertFalse(last.instant("startedAt").isBefore(secondJob.instant("finishedAt")));
      JobRecord other = place.awaitJob(apart, "SUCCEEDED");
      assertTrue(other.instant("startedAt").isBefore(firstJob.instant("finishedAt")));
      place.awaitEmpty();
    }
  }

  @ConcurrentTest
  void jobThatIsTriedAgainKeepsItsPlaceInTheGroup() {
    String first = newJobId();
    String second = newJobId();
    place.send(video(first, "{\"renderSeconds\":1,\"simulate\":\"flaky-once\"}"), "customer-7");
    place.send(video(second, 1), "customer-7");
    try (RunningWorker _ = place.worker()) {
      JobRecord secondJob = place.awaitJob(second, "SUCCEEDED");

      JobRecord firstJob = place.awaitJob(first, "SUCCEEDED");
      assertEquals(2, firstJob.number("attempt"));
      assertFalse(secondJob.instant("startedAt").isBefore(firstJob.instant("finishedAt")));
      place.awaitEmpty();
    }
  }

  @ConcurrentTest
  void jobThatFailsMakesWayForTheNextOfItsGroup() {
    String second = newJobId();
    String messageId = place.send("{\"composition\":7}", "customer-7");
    place.send(video(second, 1), "customer-7");
    try (RunningWorker _ = place.worker()) {
      place.awaitJob(second, "SUCCEEDED");

      assertEquals("REJECTED", place.awaitJob(messageId, "REJECTED").status());
      place.deadLetter(messageId);
      place.awaitEmpty();
    }
  }
}
