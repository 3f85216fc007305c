package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.job.JobStatus;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request goes through: who may, from where, how much, and how it is put. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTest {
  private final Site site = new Site();

  @AfterAll
  void close() {
    site.close();
  }

  private Site.Answer without(String path) {
    return site.send(HttpRequest.newBuilder(site.uri(path)).GET());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/page.js",
        "/jobs",
        "/jobs/a",
        "/dlq",
        "/metrics",
        "/events",
        "/openapi.json",
        "/none"
      })
  void nothingButHealthIsToldToStrangers(String path) {
    Site.Answer answer = without(path);

    assertEquals(401, answer.status());
    assertEquals(
        "Basic realm=\"Render Worker\", charset=\"UTF-8\"", answer.header("WWW-Authenticate"));
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals("UNAUTHORIZED", answer.text("code"));
  }

  @Test
  void healthIsOpen() {
    assertEquals(200, without("/health/live").status());
    assertEquals(200, without("/health/ready").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "operator:wrong",
        "other:correct horse: battery",
        ":",
        "operator",
        "operator:correct horse: battery ",
        "OPERATOR:correct horse: battery",
      })
  void wrongCredentialsAreRefused(String shown) {
    String token =
        Base64.getEncoder().encodeToString(shown.getBytes(java.nio.charset.StandardCharsets.UTF_8));

    assertEquals(401, authorized("Basic " + token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic ", "Basic !!!", "Bearer abc", "Basic YTpi=YTpi"})
  void brokenAuthorizationIsRefused(String header) {
    assertEquals(401, authorized(header));
  }

  @Test
  void nameOfTheSchemeMayBeWrittenAnyWay() {
    assertEquals(200, authorized(Site.authorization().replace("Basic", "bASIC")));
  }

  private int authorized(String header) {
    return site.send(
            HttpRequest.newBuilder(site.uri("/jobs")).header("Authorization", header).GET())
        .status();
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (String path : List.of("/jobs", "/none", "/health/live")) {
      Site.Answer answer = site.get(path);
      SecurityHeaders.ALL.forEach((name, value) -> assertEquals(value, answer.header(name), path));
    }
    assertTrue(
        SecurityHeaders.ALL.get("Content-Security-Policy").startsWith("default-src 'none';"));
    assertFalse(SecurityHeaders.ALL.get("Content-Security-Policy").contains("unsafe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void anotherSiteCanNotActWithTheCredentialsOfABrowser(String fetchSite) {
    site.jobs().put("mine", JobStatus.QUEUED, Site.NOW);

    Site.Answer answer = site.post("/jobs/mine/cancel", "", "Sec-Fetch-Site", fetchSite);

    assertEquals(403, answer.status());
    assertEquals("CROSS_ORIGIN", answer.text("code"));
    assertEquals("QUEUED", site.get("/jobs/mine").text("status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "http://127.0.0.1"})
  void anotherOriginCanNotActEither(String origin) {
    assertEquals(403, site.post("/jobs/mine/cancel", "", "Origin", origin).status());
  }

  @Test
  void ownPageActs() {
    site.jobs().put("own", JobStatus.QUEUED, Site.NOW);

    Site.Answer answer =
        site.post(
            "/jobs/own/cancel",
            "",
            "Sec-Fetch-Site",
            "same-origin",
            "Origin",
            "http://127.0.0.1:" + site.port());

    assertEquals(200, answer.status(), answer.toString());
  }

  @Test
  void wrongMethodIsToldTheRightOnes() {
    Site.Answer answer = site.send(site.request("/jobs").DELETE());

    assertEquals(405, answer.status());
    assertEquals("GET", answer.header("Allow"));
    assertEquals("POST", site.get("/render").header("Allow"));
  }

  @Test
  void headAnswersWithoutABody() {
    Site.Answer answer =
        site.send(site.request("/health/live").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertEquals(200, answer.status());
    assertEquals("", answer.response().body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/dev/renderworker/http/page.js",
        "//jobs",
        "/jobs/",
        "/jobs/a/cancel/",
        "/jobs/a%2fcancel",
        "/jobs%2fa",
        "/JOBS",
        "/jobs/%00",
        "/jobs/..",
        "/jobs/a%20b",
        "/jobs/%3Cscript%3E",
        "/jobs/%zz",
      })
  void pathTricksLeadNowhere(String path) {
    String answer =
        site.raw(
            "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
                .formatted(path, Site.authorization()));

    assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
    assertFalse(answer.contains("<script>"), answer);
  }

  @Test
  void rateIsLimitedAndHealthIsNot() {
    try (Site busy = new Site()) {
      int refused = 0;
      for (int i = 0; i < 400 && refused == 0; i++) {
        refused += busy.get("/metrics").status() == 429 ? 1 : 0;
      }

      assertEquals(1, refused);
      assertEquals(200, busy.get("/health/live").status());
    }
  }

  @Test
  void serviceThatRefusesIsToldAsSuch() {
    try (Site down = new Site()) {
      down.jobs().refuse(true);

      Site.Answer answer = down.get("/jobs");

      assertEquals(503, answer.status());
      assertEquals("5", answer.header("Retry-After"));
      assertEquals("SERVICE_UNAVAILABLE", answer.text("code"));
      assertTrue(answer.text("detail").contains("job table"), answer.toString());
    }
  }
}
