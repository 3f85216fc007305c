package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobId;
import dev.renderworker.job.JobStatus;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The taking in of render requests. */
@Timeout(60)
class RenderRoutesTest {
  private static final String REQUEST = "{\"jobId\":\"order-1\",\"composition\":\"hello\"}";

  private final Site site = new Site();

  @AfterEach
  void close() {
    site.close();
  }

  private String sent() {
    return site.queues().sent().getLast().body();
  }

  private void start(String jobId) {
    site.jobs()
        .put(jobId, JobStatus.RENDERING, Site.NOW, "renderId", "r1", "bucketName", "bucket-1");
  }

  @Test
  void answersAsTheGuidesServiceDoesOnceTheRenderHasStarted() {
    var answer = CompletableFuture.supplyAsync(() -> site.post("/render", REQUEST));
    while (site.queues().sent().isEmpty() && !answer.isDone()) {
      Thread.onSpinWait();
    }
    start("order-1");

    Site.Answer started = answer.join();

    assertEquals(200, started.status(), started.toString());
    assertEquals(
        Map.of(
            "message", "Render started",
            "renderId", "r1",
            "bucketName", "bucket-1",
            "jobId", "order-1"),
        JsonMapper.shared().convertValue(started.json(), Map.class));
    assertEquals("/jobs/order-1", started.header("Location"));
    assertEquals(REQUEST, sent());
  }

  @Test
  void answersWithTheAddressOfTheJobWhenTheWaitIsOver() {
    Site.Answer answer = site.post("/render?wait=0", REQUEST);

    assertEquals(202, answer.status());
    assertEquals("/jobs/order-1", answer.header("Location"));
    assertEquals("QUEUED", answer.text("status"));
    assertEquals("order-1", answer.text("jobId"));
  }

  @Test
  void emptyBodyAsksForTheDefaultComposition() {
    Site.Answer answer =
        site.send(site.request("/render?wait=0").POST(HttpRequest.BodyPublishers.noBody()));

    assertEquals(202, answer.status(), answer.toString());
    assertEquals("{\"composition\":\"hello\"}", sent());
    assertEquals("message-1", answer.text("jobId"));
  }

  @Test
  void emptyBodyIsRefusedWhereThereIsNoDefault() {
    try (Site bare = new Site(Optional.empty(), () -> Site.NOW)) {
      Site.Answer answer = bare.post("/render", "");

      assertEquals(400, answer.status());
      assertTrue(answer.text("detail").contains("REMOTION_DEFAULT_COMPOSITION"), answer.toString());
    }
  }

  @Test
  void everyViolationIsListed() {
    Site.Answer answer =
        site.post("/render", "{\"compositon\":\"x\",\"crf\":\"high\",\"type\":\"film\"}");

    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals("INVALID_MESSAGE", answer.text("code"));
    assertTrue(answer.json().path("violations").size() >= 3, answer.toString());
    assertTrue(answer.json().path("violations").path(0).has("pointer"), answer.toString());
    assertTrue(site.queues().sent().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "7", "null", "{", "\"hello\"", "{} {}", "{\"composition\":\"\u0000\"}"})
  void whatIsNoRequestIsRefused(String body) {
    assertEquals(400, site.post("/render", body).status());
    assertEquals(400, site.post("/render", body, "Idempotency-Key", "key-1").status());
    assertTrue(site.queues().sent().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"key-1", "'\"key-1\"'"})
  void idempotencyKeyBecomesTheJobId(String key) {
    Site.Answer answer =
        site.post(
            "/render?wait=0", " {\"composition\":\"hello\",\"crf\":1e1}", "Idempotency-Key", key);

    assertEquals("key-1", answer.text("jobId"), answer.toString());
    assertEquals(" {\"jobId\":\"key-1\",\"composition\":\"hello\",\"crf\":1e1}", sent());
    assertEquals(Optional.of(new JobId("key-1")), site.queues().sent().getLast().jobId());
  }

  @Test
  void sameKeyGivesTheSameJobAndIsSentOnce() {
    String body = "{\"composition\":\"hello\"}";
    site.post("/render?wait=0", body, "Idempotency-Key", "key-2");
    var seen = site.jobs().find(new JobId("key-2")).orElseThrow();
    site.jobs()
        .put(
            "key-2",
            JobStatus.RENDERING,
            Site.NOW,
            "renderId",
            "r2",
            "bucketName",
            "b",
            "fingerprint",
            seen.text("fingerprint").orElseThrow());

    Site.Answer again = site.post("/render", body, "Idempotency-Key", "key-2");

    assertEquals(200, again.status(), again.toString());
    assertEquals("r2", again.text("renderId"));
    assertEquals(1, site.queues().sent().size());
  }

  @Test
  void keyOfAnotherRequestIsAConflict() {
    site.post("/render?wait=0", REQUEST);

    Site.Answer answer = site.post("/render", REQUEST.replace("hello", "other"));

    assertEquals(409, answer.status());
    assertEquals("JOB_ID_CONFLICT", answer.text("code"));
  }

  @Test
  void bodyAndKeyHaveToAgree() {
    Site.Answer answer = site.post("/render", REQUEST, "Idempotency-Key", "order-2");

    assertEquals(400, answer.status());
    assertEquals("/jobId", answer.json().path("violations").path(0).path("pointer").asString());
    assertEquals(202, site.post("/render?wait=0", REQUEST, "Idempotency-Key", "order-1").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "\"", "<b>", "ä"})
  void keyThatIsNoJobIdIsRefused(String key) {
    String request =
        "POST /render HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nConnection: close\r\n"
                .formatted(Site.authorization())
            + "Content-Type: application/json\r\nIdempotency-Key: %s\r\nContent-Length: 2\r\n\r\n{}"
                .formatted(key);

    assertTrue(site.raw(request).startsWith("HTTP/1.1 400 "), key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "61", "x", "1.5", "1e1", "0x1", "99999999999"})
  void waitOutOfRangeIsRefused(String wait) {
    Site.Answer answer = site.post("/render?wait=" + wait, REQUEST);

    assertEquals(400, answer.status());
    assertTrue(answer.text("detail").contains("0 to 60"), answer.toString());
  }

  @Test
  void parameterTwiceIsRefused() {
    assertEquals(400, site.post("/render?wait=1&wait=0", REQUEST).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void otherContentTypesAreRefused(String type) {
    Site.Answer answer = site.post("/render", REQUEST, "Content-Type", type);

    assertEquals(415, answer.status());
    assertTrue(answer.text("detail").contains("application/json"), answer.toString());
  }

  @Test
  void contentTypeMayNameItsCharset() {
    assertEquals(
        202,
        site.post("/render?wait=0", REQUEST, "Content-Type", "Application/JSON; charset=utf-8")
            .status());
  }

  @Test
  void bodyThatIsNoUtf8IsRefused() {
    Site.Answer answer =
        site.send(
            site.request("/render")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xC3, '}'})));

    assertEquals(400, answer.status());
  }

  @Test
  void hugeBodyIsRefused() {
    Site.Answer answer = site.post("/render", "x".repeat(Limits.BODY_BYTES + 1));

    assertEquals(413, answer.status());
    assertEquals("BODY_TOO_LARGE", answer.text("code"));
  }

  @Test
  void bodyAsLargeAsAMessageIsTaken() {
    String frame = "{\"composition\":\"hello\",\"inputProps\":{\"text\":\"\"}}";
    String body =
        frame.replace("\"\"", "\"" + "x".repeat(Limits.BODY_BYTES - frame.length()) + "\"");

    assertEquals(202, site.post("/render?wait=0", body).status());
  }

  @Test
  void jobThatFailedIsTold() {
    site.post("/render?wait=0", REQUEST);
    var seen = site.jobs().find(new JobId("order-1")).orElseThrow();
    site.jobs()
        .put(
            "order-1",
            JobStatus.FAILED,
            Site.NOW,
            "errorCode",
            "COMPOSITION_NOT_FOUND",
            "errorMessage",
            "no <b>hello</b>",
            "fingerprint",
            seen.text("fingerprint").orElseThrow());

    Site.Answer answer = site.post("/render", REQUEST);

    assertEquals(422, answer.status());
    assertEquals("COMPOSITION_NOT_FOUND", answer.text("code"));
    assertTrue(answer.text("detail").contains("no <b>hello</b>"), answer.toString());
  }

  @Test
  void queueThatRefusesIsTold() {
    site.queues().refuse();

    assertEquals(503, site.post("/render", REQUEST).status());
  }

  @Test
  void tableThatRefusesDoesNotUndoWhatIsInTheQueue() {
    site.jobs().refuse(true);

    Site.Answer answer = site.post("/render?wait=0", REQUEST);

    assertEquals(202, answer.status(), answer.toString());
    assertEquals(REQUEST, sent());
    assertFalse(answer.text("jobId").isEmpty());
  }
}
