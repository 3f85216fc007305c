package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.WorkerId;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthRoutesTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  private void worker(boolean receiving, boolean stopping, Optional<Failure> pausedBy) {
    site.worker(new WorkerCondition(new WorkerId("me"), 0, 20, receiving, stopping, pausedBy));
  }

  @Test
  void workerThatReceivesIsReady() {
    assertEquals("ready", site.get("/health/ready").text("status"));
  }

  @Test
  void pausedWorkerIsNotReadyAndTellsStrangersTheCodeOnly() {
    worker(
        true,
        false,
        Optional.of(
            new Failure.OfEnvironment(ErrorCode.ACCESS_DENIED, "role/secret is not authorized")));

    Site.Answer answer = site.get("/health/ready");

    assertEquals(503, answer.status());
    assertEquals("paused by ACCESS_DENIED", answer.json().path("reasons").path(0).asString());
    assertFalse(answer.toString().contains("secret"));
    assertEquals(200, site.get("/health/live").status());
  }

  @Test
  void workerThatStartsOrStopsIsNotReady() {
    worker(false, false, Optional.empty());
    assertEquals("starting", site.get("/health/ready").json().path("reasons").path(0).asString());

    worker(true, true, Optional.empty());
    assertEquals("stopping", site.get("/health/ready").json().path("reasons").path(0).asString());
  }

  @Test
  void metricsAreInPrometheusFormat() {
    Site.Answer answer = site.get("/metrics");

    assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
    assertEquals("render_worker_up 1\n", answer.response().body());
  }
}
