package dev.renderworker.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller who does not speak HTTP as one should can bring about: nothing. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerLimitsTest {
  private final Site site = new Site();

  @AfterAll
  void close() {
    site.close();
  }

  private String post(String headers, String body) {
    return site.raw(
        "POST /render?wait=0 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Authorization: "
            + Site.authorization()
            + "\r\n"
            + headers
            + "\r\n"
            + body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 2, 2\r\n",
        "Content-Length: +2\r\n",
        "Content-Length: 0x2\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Trans fer-Encoding: chunked\r\n",
      })
  void doubtfulLengthEndsTheConnection(String headers) {
    String answer = post(headers + "Connection: keep-alive\r\n", "{}GET /jobs HTTP/1.1\r\n\r\n");

    assertTrue(answer.matches("(?s)HTTP/1.1 (400|501) .*"), answer);
    assertEquals(1, answer.split("HTTP/1.1", -1).length - 1, answer);
    assertTrue(site.queues().sent().isEmpty());
  }

  /** That such a limit cuts a slow caller off is seen where it can be short, in a process. */
  @Test
  void requestHasHalfAMinute() {
    assertEquals("30", System.getProperty("sun.net.httpserver.maxReqTime"));
  }

  @Test
  void tooManyHeadersAreRefused() {
    String answer = post("X-A: 1\r\n".repeat(2000), "");

    assertFalse(answer.startsWith("HTTP/1.1 2"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "GET\r\n\r\n",
        "GET /\r\n\r\n",
        "\u0000\u0001\r\n\r\n",
        "GET http://[ HTTP/1.1\r\n\r\n"
      })
  void whatIsNoRequestIsCutOff(String bytes) {
    String answer = site.raw(bytes + "\r\n\r\n");

    assertFalse(answer.startsWith("HTTP/1.1 2"), answer);
    assertEquals(200, site.get("/health/live").status());
  }

  @Test
  void headerThatSplitsIsNotReflected() {
    String answer =
        site.raw(
            "GET /jobs/a%0d%0aX-Evil:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: "
                + Site.authorization()
                + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertFalse(answer.contains("\r\nX-Evil"), answer);
  }
}
