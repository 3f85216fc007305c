package dev.renderworker.local.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on loopback, one virtual thread a request. */
public final class Endpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Endpoint.class);
  private static final int BACKLOG = 4096;

  static {
    // Read once by the JDK's server. Without them answers wait for Nagle's algorithm, and more than
    // 200 idle connections, or one idle for 30 s, are closed under a client that is about to use
    // it.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "40000");
    System.setProperty("sun.net.httpserver.idleInterval", "600");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Endpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Binds a port of 127.0.0.1; connections wait until {@link #serve}.
   *
   * @param port 0 for any free one
   */
  public static Endpoint bind(int port) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    return new Endpoint(HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG));
  }

  /** Begins to answer. */
  public void serve(Handler handler) {
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(handler, exchange));
    server.start();
  }

  private static void answer(Handler handler, HttpExchange exchange) throws IOException {
    try (exchange) {
      handler.handle(Request.read(exchange)).write(exchange);
    } catch (DroppedConnectionException _) {
      log.debug("dropped {} {}", exchange.getRequestMethod(), exchange.getRequestURI());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The JDK's server would swallow it, and the client would see a riddle.
      log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
    }
  }

  /** The port that is bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address for clients. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
