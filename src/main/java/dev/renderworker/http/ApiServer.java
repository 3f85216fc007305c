package dev.renderworker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API and the job page, each request on a virtual thread of its own.
 *
 * <p>The server is the JDK's, which costs nothing where it is not used; what it lacks, such as an
 * end for slow callers unless asked, is set in {@link Limits}.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
  private static final int BACKLOG = 128;
  private static final int PER_SECOND = 50;
  private static final int AT_ONCE = 100;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Front front;
  private final Board board;

  private ApiServer(HttpServer server, ExecutorService threads, Front front, Board board) {
    this.server = server;
    this.threads = threads;
    this.front = front;
    this.board = board;
  }

  /**
   * Listens and serves until closed.
   *
   * @throws IOException when the address can't be listened on
   */
  public static ApiServer open(HttpSettings settings, HttpPorts ports) throws IOException {
    Limits.apply();
    HttpServer server = HttpServer.create(settings.address(), BACKLOG);
    Board board = new Board(new Picture(ports, settings.staleAfter())::draw);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    var front =
        new Front(
            new Router(Routes.all(settings, ports, board)),
            new BasicAuthentication(settings.credentials()),
            new RateLimit(PER_SECOND, AT_ONCE, System::nanoTime));
    ApiServer api = new ApiServer(server, threads, front, board);
    server.setExecutor(threads);
    server.createContext("/", api::serve);
    server.start();
    return api;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      SecurityHeaders.ALL.forEach(exchange.getResponseHeaders()::set);
      send(exchange, reply(exchange));
    }
  }

  /** A fault of ours is told as such, and without its inner parts. */
  private Reply reply(HttpExchange exchange) {
    try {
      requirePlainLength(exchange);
      return front.answer(new Call(exchange));
    } catch (ProblemException e) {
      return e.problem().reply();
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("A request failed by a fault of Render Worker", e);
      return Problem.of(
              Status.INTERNAL_SERVER_ERROR,
              "INTERNAL_ERROR",
              "A fault of Render Worker",
              "see its log")
          .reply();
    }
  }

  /**
   * The JDK's server takes a sign before the number, which a proxy before it may read in another
   * way: then one of both sees a second request in the body.
   */
  private static void requirePlainLength(HttpExchange exchange) {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && !length.matches("[0-9]+")) {
      exchange.getResponseHeaders().set("Connection", "close");
      throw new ProblemException(Problem.badRequest("Content-Length has to be a number"));
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    switch (reply) {
      case Reply.Whole(var status, _, var body) -> {
        exchange.sendResponseHeaders(status.code(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
          exchange.getResponseBody().write(body);
        }
      }
      case Reply.Stream(_, var source) -> {
        exchange.sendResponseHeaders(Status.OK.code(), head ? -1 : 0);
        if (!head) {
          try (OutputStream out = exchange.getResponseBody()) {
            source.writeTo(out);
          }
        }
      }
    }
  }

  /** Ends the streams, gives other answers a second, and listens no more. */
  @Override
  public void close() {
    board.close();
    server.stop(1);
    threads.shutdownNow();
  }
}
