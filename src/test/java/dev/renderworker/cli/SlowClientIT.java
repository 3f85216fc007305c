package dev.renderworker.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.renderworker.SharedAws;
import dev.renderworker.local.LocalAws;
import dev.renderworker.local.WorkerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Callers of the HTTP API who never finish their request are cut off. */
@Timeout(120)
@ExtendWith(SharedAws.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowClientIT {
  /** In seconds; nobody wants to wait for the usual limit here. */
  private static final String LIMIT = "-Dsun.net.httpserver.maxReqTime=1";

  private static final int STEP_MS = 100;
  private static final int MOST_STEPS = 600;

  private static final String AUTHORIZATION =
      "Authorization: Basic "
          + Base64.getEncoder().encodeToString("operator:correct horse".getBytes(UTF_8))
          + "\r\n";

  private final Workplace place;
  private final int port;
  private WorkerProcess worker;

  SlowClientIT(LocalAws aws) throws IOException {
    place = Workplace.standard(aws);
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    worker =
        WorkerProcess.start(
            place.environment(
                Map.of(
                    "JAVA_TOOL_OPTIONS",
                    LIMIT,
                    "PORT",
                    Integer.toString(port),
                    "API_USERNAME",
                    "operator",
                    "API_PASSWORD",
                    "correct horse")),
            folder.resolve("worker.log"));
    Eventually.holds("listening", this::listens);
  }

  @AfterAll
  void stop() {
    worker.close();
  }

  private boolean listens() {
    try (Socket _ = connect()) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(STEP_MS);
    return socket;
  }

  @Test
  void headersThatNeverEndAreCutOff() throws IOException {
    assertCutOff("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }

  @Test
  void bodyThatTricklesIsCutOffAndNothingOfItIsSent() throws IOException {
    assertCutOff(
        "POST /render?wait=0 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + AUTHORIZATION
            + "Content-Length: 1000\r\n\r\n{\"composition\":\"hello\"}");
    assertEquals(0, place.waiting());
  }

  /** Sends one blank after the other until the connection ends, and no answer comes before. */
  private void assertCutOff(String beginning) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(beginning.getBytes(UTF_8));
      int steps = 0;
      while (steps < MOST_STEPS && isOpen(socket)) {
        steps++;
      }
      assertTrue(steps < MOST_STEPS, "it may go on for ever");
    }
  }

  private static boolean isOpen(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(' ');
      assertEquals(-1, socket.getInputStream().read(), "an answer");
      return false;
    } catch (SocketTimeoutException _) {
      return true;
    } catch (SocketException _) {
      return false;
    }
  }
}
