package dev.renderworker.http;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.Failure;
import dev.renderworker.job.JobStatus;
import dev.renderworker.job.WorkerId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** A site with jobs of every kind, as on a busy day, for the eyes and for the browser's test. */
public final class Exhibit {
  private static final List<String> COMPOSITIONS =
      List.of("YearInReview", "ProductTeaser", "PodcastClip", "OrderThanks", "Thumbnail");

  private final Random random = new Random(7);
  private final Site site;
  private final Instant now;

  private Exhibit(Site site) {
    this.site = site;
    this.now = site.now();
  }

  /** Fills the site with so many jobs that have ended, and some of every other kind. */
  static void fill(Site site, int ended) {
    Exhibit exhibit = new Exhibit(site);
    for (int i = 0; i < ended; i++) {
      exhibit.ended(i);
    }
    exhibit.running();
    exhibit.waiting();
    exhibit.failures();
    exhibit.workers();
  }

  /** Serves it until it is stopped. */
  public static void main(String[] args) throws InterruptedException {
    try (Site site = new Site(Optional.of("hello"), InstantSource.system())) {
      fill(site, 400);
      System.out.printf(
          "http://%s:%s@127.0.0.1:%d/%n",
          Site.USER, Site.PASSWORD.replace(" ", "%20"), site.port());
      new CountDownLatch(1).await();
    }
  }

  private String composition() {
    return COMPOSITIONS.get(random.nextInt(COMPOSITIONS.size()));
  }

  private void ended(int i) {
    Instant at = now.minusMillis(20_000L + i * 3_500L + random.nextInt(3_000));
    boolean bad = random.nextInt(23) == 0;
    site.jobs()
        .put(
            "order-%05d".formatted(90_000 - i),
            bad ? JobStatus.CANCELLED : JobStatus.SUCCEEDED,
            at,
            "composition",
            composition(),
            "costUsd",
            new BigDecimal("0.0%d".formatted(10 + random.nextInt(80))),
            "timeToFinishMs",
            8_000 + random.nextInt(40_000));
  }

  private void running() {
    double[] progress = {0.93, 0.71, 0.46, 0.12};
    for (int i = 0; i < progress.length; i++) {
      site.jobs()
          .put(
              List.of("invoice-2026-0042", "product-teaser-spring", "podcast-episode-12", "a3f1c2")
                  .get(i),
              JobStatus.RENDERING,
              now.minusSeconds(2 + i),
              "composition",
              COMPOSITIONS.get(i),
              "progress",
              progress[i],
              "startedAt",
              now.minusSeconds(95 - 20L * i).toString(),
              "attempt",
              i == 2 ? 2 : 1,
              "renderId",
              "uq7x2k9d" + i,
              "bucketName",
              "remotionlambda-useast1-abcdefghij",
              "functionName",
              "remotion-render-4-0-527-mem2048mb-disk10240mb-900sec",
              "region",
              "us-east-1",
              "owner",
              "ip-10-0-1-17-811-6fd2a1c0",
              "request",
              "{\"composition\":\"YearInReview\",\"inputProps\":{\"title\":\"Your year\",\"subtitle\":\"2026\"},\"codec\":\"h264\",\"crf\":20}",
              "history",
              List.of(
                  Map.of("at", now.minusSeconds(120).toString(), "status", "QUEUED"),
                  Map.of("at", now.minusSeconds(97).toString(), "status", "STARTING"),
                  Map.of("at", now.minusSeconds(95).toString(), "status", "RENDERING")));
    }
    site.jobs()
        .put(
            "thumbnail-9",
            JobStatus.STARTING,
            now.minusSeconds(1),
            "composition",
            "Thumbnail",
            "startedAt",
            now.minusSeconds(1).toString());
  }

  private void waiting() {
    for (int i = 0; i < 7; i++) {
      site.jobs()
          .put(
              "batch-7-part-" + (i + 1),
              JobStatus.QUEUED,
              now.minusSeconds(40 + i * 11L),
              "composition",
              "OrderThanks",
              "createdAt",
              now.minusSeconds(40 + i * 11L).toString());
    }
    site.jobs()
        .put(
            "shaky-network",
            JobStatus.RETRYING,
            now.minusSeconds(15),
            "composition",
            "PodcastClip",
            "errorCode",
            "FLAKY_RENDER",
            "errorMessage",
            "net::ERR_CONNECTION_RESET while loading https://example.com/assets/cover.png",
            "attempt",
            1);
  }

  private void failures() {
    failed(
        1,
        "typo-in-composition",
        ErrorCode.COMPOSITION_NOT_FOUND,
        "No composition with the ID YearInReveiw found. Available: YearInReview, ProductTeaser");
    failed(
        4,
        "campaign-fall-3",
        ErrorCode.COMPOSITION_ERROR,
        "TypeError: Cannot read properties of undefined (reading 'title')\n    at Title (src/Title.tsx:14:22)");
    failed(
        9,
        "long-interview",
        ErrorCode.RENDER_TIMEOUT,
        "The render ran into the function's timeout of 900 seconds, and there is no output");
    site.jobs()
        .put(
            "markup",
            JobStatus.FAILED,
            now.minusSeconds(1_500),
            "composition",
            "<img src=x onerror=\"document.title='run'\"><b>bold</b>\u202e\u001b[31m",
            "errorCode",
            "INVALID_REQUEST",
            "errorMessage",
            "<script>document.title='run'</script>");
  }

  private void failed(int minutes, String id, ErrorCode code, String message) {
    Instant at = now.minus(Duration.ofMinutes(minutes));
    site.jobs()
        .put(
            id,
            JobStatus.FAILED,
            at,
            "composition",
            "YearInReview",
            "errorCode",
            code.name(),
            "errorMessage",
            message,
            "attempt",
            3,
            "request",
            "{\"composition\":\"YearInReview\"}",
            "renderId",
            "x9",
            "history",
            List.of(
                Map.of("at", at.minusSeconds(60).toString(), "status", "STARTING"),
                Map.of("at", at.minusSeconds(57).toString(), "status", "RENDERING"),
                Map.of("at", at.toString(), "status", "FAILED", "note", code.name())));
    site.queues().dead().add(id, code.name(), "{}");
  }

  private void workers() {
    // However long it takes until somebody looks.
    String alive = now.plus(Duration.ofDays(1)).toString();
    site.jobs().addWorker(Map.of("workerId", "ip-10-0-1-17-811-6fd2a1c0", "heartbeatAt", alive));
    site.jobs()
        .addWorker(
            Map.of(
                "workerId",
                "ip-10-0-2-90-640-0be7714d",
                "heartbeatAt",
                now.minusSeconds(3_700).toString()));
    site.jobs()
        .addWorker(
            Map.of(
                "workerId",
                "ip-10-0-3-21-702-91c4e6aa",
                "heartbeatAt",
                alive,
                "inFlight",
                3,
                "pausedBy",
                "ACCESS_DENIED",
                "pausedMessage",
                "The role may not invoke the function."));
    site.worker(
        new WorkerCondition(
            new WorkerId("ip-10-0-1-17-811-6fd2a1c0"),
            5,
            15,
            true,
            false,
            Optional.<Failure>empty()));
  }
}
