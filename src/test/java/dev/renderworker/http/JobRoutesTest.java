package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs, looked at and acted on. */
@Timeout(60)
class JobRoutesTest {
  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  private List<String> ids(Site.Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().path("jobs").forEach(job -> ids.add(job.path("jobId").asString()));
    return ids;
  }

  @Test
  void listsNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      site.jobs().put("job-" + i, JobStatus.SUCCEEDED, Site.NOW.plusSeconds(i));
    }

    Site.Answer first = site.get("/jobs?limit=3");
    Site.Answer second = site.get("/jobs?limit=3&after=" + first.text("next"));

    assertEquals(List.of("job-4", "job-3", "job-2"), ids(first));
    assertEquals(List.of("job-1", "job-0"), ids(second));
    assertFalse(second.json().has("next"));
  }

  @Test
  void listsByStatus() {
    for (JobStatus status : JobStatus.values()) {
      site.jobs().put("is-" + status, status, Site.NOW);
    }

    assertEquals(List.of("is-FAILED"), ids(site.get("/jobs?status=FAILED")));
    assertEquals(
        List.of("is-FAILED", "is-REJECTED"), ids(site.get("/jobs?status=failed,%20REJECTED")));
    assertEquals(8, ids(site.get("/jobs?status=")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status=DONE",
        "status=FAILED,",
        "limit=0",
        "limit=101",
        "limit=x",
        "after=x",
        "after=_",
        "limit=1&limit=2"
      })
  void wrongFilterIsRefused(String query) {
    Site.Answer answer = site.get("/jobs?" + query);

    assertEquals(400, answer.status());
    assertEquals("BAD_REQUEST", answer.text("code"));
    assertFalse(answer.text("detail").isEmpty());
  }

  @Test
  void showsAJobWithItsLinks() {
    site.jobs().put("order-1", JobStatus.RENDERING, Site.NOW, "mainLogsUrl", "https://logs/r1");

    Site.Answer answer = site.get("/jobs/order-1");

    assertEquals("RENDERING", answer.text("status"));
    assertEquals("https://logs/r1", answer.text("mainLogsUrl"));
  }

  @Test
  void idMayHoldEverythingThatAnIdMay() {
    site.jobs().put("a.b_c:d-1", JobStatus.QUEUED, Site.NOW);

    assertEquals(200, site.get("/jobs/a.b_c:d-1").status());
    assertEquals(200, site.get("/jobs/a.b_c%3Ad-1").status());
  }

  @Test
  void markupAndControlCharactersStayText() {
    site.jobs()
        .put(
            "odd",
            JobStatus.FAILED,
            Site.NOW,
            "composition",
            "<img src=x onerror=1>\u0007\u001b[31m");

    Site.Answer answer = site.get("/jobs/odd");

    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertTrue(answer.response().body().contains("\\u001B[31m"), answer.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/none", "/jobs/none/cancel", "/jobs/none/retry"})
  void unknownJobIsNotFound(String path) {
    boolean read = path.equals("/jobs/none");

    Site.Answer answer = read ? site.get(path) : site.post(path, "");

    assertEquals(404, answer.status());
    assertTrue(answer.text("detail").contains("none"), answer.toString());
  }

  @Test
  void whatIsNoIdIsRefused() {
    assertEquals(400, site.get("/jobs/-x").status());
    assertEquals(400, site.post("/jobs/-x/cancel", "").status());
    assertEquals(400, site.get("/jobs/" + "x".repeat(129)).status());
  }

  @Test
  void waitingJobIsCancelledAtOnce() {
    site.jobs().put("order-1", JobStatus.QUEUED, Site.NOW);

    assertEquals(200, site.post("/jobs/order-1/cancel", "").status());
    assertEquals("CANCELLED", site.get("/jobs/order-1").text("status"));
  }

  @Test
  void workerIsAskedToCancelAJobThatRuns() {
    site.jobs().put("order-1", JobStatus.RENDERING, Site.NOW);

    assertEquals(202, site.post("/jobs/order-1/cancel", "").status());
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "CANCELLED", "FAILED", "REJECTED"})
  void jobThatIsOverIsNotCancelled(JobStatus status) {
    site.jobs().put("order-1", status, Site.NOW);

    Site.Answer answer = site.post("/jobs/order-1/cancel", "");

    assertEquals(409, answer.status());
    assertTrue(answer.text("detail").contains(status.name()), answer.toString());
  }

  @Test
  void failedJobIsTriedAgain() {
    site.jobs()
        .put("order-1", JobStatus.FAILED, Site.NOW, "request", "{\"composition\":\"hello\"}");

    assertEquals(202, site.post("/jobs/order-1/retry", "").status());
    assertEquals("QUEUED", site.get("/jobs/order-1").text("status"));
    assertEquals("{\"composition\":\"hello\"}", site.queues().sent().getLast().body());
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "QUEUED", "RENDERING"})
  void jobThatGoesOnOrHasSucceededIsNotTriedAgain(JobStatus status) {
    site.jobs().put("order-1", status, Site.NOW, "request", "{\"composition\":\"hello\"}");

    assertEquals(409, site.post("/jobs/order-1/retry", "").status());
    assertTrue(site.queues().sent().isEmpty());
  }

  @Test
  void requestThatWouldBeRejectedAgainIsNotSent() {
    site.jobs().put("order-1", JobStatus.REJECTED, Site.NOW, "request", "{\"composition\":7}");

    Site.Answer answer = site.post("/jobs/order-1/retry", "");

    assertEquals(422, answer.status());
    assertEquals(
        "/composition", answer.json().path("violations").path(0).path("pointer").asString());
  }

  @Test
  void deadLettersAreListed() {
    site.queues().dead().add("order-1", "COMPOSITION_ERROR", "{}");
    site.queues().dead().add("order-2", "RENDER_LOST", "{}");

    assertEquals(2, site.get("/dlq").json().path("letters").size());
    Site.Answer some = site.get("/dlq?errorCode=RENDER_LOST");

    assertEquals(1, some.json().path("letters").size());
    assertEquals("order-2", some.json().path("letters").path(0).path("jobId").asString());
    assertEquals(2, some.json().path("messages").asInt());
    assertEquals(400, site.get("/dlq?errorCode=LOST").status());
    assertEquals(400, site.get("/dlq?jobId=order-1&errorCode=RENDER_LOST").status());
  }

  @Test
  void deadLettersAreSentAgain() {
    site.queues().dead().add("order-1", "COMPOSITION_ERROR", "{}");
    site.queues().dead().add("order-2", "RENDER_LOST", "{}");

    Site.Answer one = site.post("/dlq/redrive", "{\"jobId\":\"order-1\"}");
    Site.Answer all = site.post("/dlq/redrive", "{\"all\":true,\"perSecond\":5}");

    assertEquals(1, one.json().path("moved").asInt(), one.toString());
    assertEquals(202, all.status());
    assertEquals(1, all.json().path("moving").asInt());
    assertEquals(5, site.queues().dead().movedAt().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"all\":false}",
        "{\"all\":\"true\"}",
        "{\"all\":true,\"jobId\":\"a\"}",
        "{\"jobId\":7}",
        "{\"jobId\":\"../a\"}",
        "{\"errorCode\":\"NOPE\"}",
        "{\"al\":true}",
        "{\"all\":true,\"perSecond\":0}",
        "{\"all\":true,\"perSecond\":501}",
        "{\"all\":true,\"perSecond\":\"5\"}",
      })
  void redriveSaysWhatItMeans(String body) {
    site.queues().dead().add("order-1", "COMPOSITION_ERROR", "{}");

    assertEquals(400, site.post("/dlq/redrive", body).status());
    assertEquals(1, site.queues().dead().letters().size());
  }

  @Test
  void missingDeadLetterQueueIsTold() {
    site.queues().dead().remove();

    Site.Answer answer = site.get("/dlq");

    assertEquals(409, answer.status());
    assertTrue(answer.text("detail").contains("no dead-letter queue"), answer.toString());
  }
}
