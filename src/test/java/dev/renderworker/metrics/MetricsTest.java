package dev.renderworker.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderType;
import dev.renderworker.local.SettableClock;
import dev.renderworker.worker.WorkerEvent;
import dev.renderworker.worker.WorkerEvent.AttemptEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final Metrics metrics = new Metrics(clock);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void jobsAreCountedByOutcomeAndErrorCode() {
    saw(new WorkerEvent.JobEnded(JobStatus.SUCCEEDED, Optional.empty()));
    saw(new WorkerEvent.JobEnded(JobStatus.FAILED, Optional.of(ErrorCode.DISK_FULL)));
    saw(new WorkerEvent.JobEnded(JobStatus.FAILED, Optional.of(ErrorCode.DISK_FULL)));
    has("render_worker_jobs_total{error_code=\"none\",outcome=\"succeeded\"} 1.0");
    has("render_worker_jobs_total{error_code=\"DISK_FULL\",outcome=\"failed\"} 2.0");
  }

  @Test
  void attemptsAreCountedByHowTheyEnded() {
    saw(new AttemptEnded(AttemptEnded.How.PUT_BACK, Optional.of(ErrorCode.ACCESS_DENIED)));
    has("render_worker_attempts_total{error_code=\"ACCESS_DENIED\",outcome=\"put_back\"} 1.0");
  }

  @Test
  void latenciesAreHistogramsInSeconds() {
    saw(new WorkerEvent.Started(Duration.ofMillis(70)));
    saw(rendered(NOW.minusMillis(400)));
    has("render_worker_receive_to_start_seconds_bucket{le=\"0.05\"} 0");
    has("render_worker_receive_to_start_seconds_bucket{le=\"0.1\"} 1");
    has("render_worker_receive_to_start_seconds_sum 0.07");
    has("render_worker_done_to_recorded_seconds_bucket{le=\"0.5\"} 1");
    has("render_worker_render_duration_seconds_sum{type=\"media\"} 42.0");
  }

  @Test
  void endThatAnotherClockPutsIntoTheFutureCountsAsNow() {
    saw(rendered(NOW.plusSeconds(3)));
    has("render_worker_done_to_recorded_seconds_count 1");
    has("render_worker_done_to_recorded_seconds_sum 0.0");
  }

  @Test
  void smallestMarginIsForgottenAfterTwoMinutes() {
    saw(new WorkerEvent.Extended(9, 1, Duration.ofSeconds(12)));
    saw(new WorkerEvent.Extended(10, 0, Duration.ofSeconds(59)));
    has("render_worker_visibility_extensions_total{result=\"kept\"} 19.0");
    has("render_worker_visibility_extensions_total{result=\"failed\"} 1.0");
    has("render_worker_visibility_smallest_margin_seconds 12.0");
    clock.advance(Duration.ofSeconds(61));
    has("render_worker_visibility_smallest_margin_seconds 12.0");
    saw(new WorkerEvent.Extended(10, 0, Duration.ofSeconds(59)));
    clock.advance(Duration.ofSeconds(61));
    has("render_worker_visibility_smallest_margin_seconds 59.0");
    clock.advance(Duration.ofMinutes(3));
    has("render_worker_visibility_smallest_margin_seconds NaN");
  }

  @Test
  void credentialsShowHowLongTheyHold() {
    metrics.showCredentials(() -> Optional.of(NOW.plusSeconds(90)));
    has("render_worker_credentials_expires_in_seconds 90.0");
    clock.advance(Duration.ofSeconds(100));
    has("render_worker_credentials_expires_in_seconds -10.0");
  }

  @Test
  void rareEventsAreThereBeforeTheirFirst() {
    has("render_worker_orphans_adopted_total 0.0");
    has("render_worker_takeovers_total 0.0");
    has("render_worker_completion_notices_total{result=\"given_up\"} 0.0");
    saw(new WorkerEvent.OrphanAdopted());
    saw(new WorkerEvent.TakenOver());
    saw(new WorkerEvent.Announced(WorkerEvent.Announced.Outcome.GIVEN_UP));
    has("render_worker_orphans_adopted_total 1.0");
    has("render_worker_takeovers_total 1.0");
    has("render_worker_completion_notices_total{result=\"given_up\"} 1.0");
  }

  @Test
  void processTellsOfItself() {
    has("# TYPE jvm_memory_used_bytes gauge");
    has("# TYPE process_cpu_usage gauge");
    assertFalse(metrics.text().contains("jobId"));
  }

  private static WorkerEvent rendered(Instant endedAt) {
    return new WorkerEvent.Rendered(
        RenderType.MEDIA, new RenderOutput.Work(300, 8, 42_000, Optional.of(endedAt)), NOW);
  }

  private void saw(WorkerEvent event) {
    metrics.worker().saw(event);
  }

  private void has(String line) {
    String text = metrics.text();
    assertTrue(text.lines().anyMatch(line::equals), () -> line + " is not in\n" + text);
    assertEquals("text/plain; version=0.0.4; charset=utf-8", Metrics.CONTENT_TYPE);
  }
}
