package dev.renderworker.http;

import java.time.Duration;

/** What one caller may take of the server, so that others and the renders do not suffer. */
final class Limits {
  /** SQS takes no larger message. */
  static final int BODY_BYTES = 1024 * 1024;

  /** A request, headers and body, has to be there in this time. */
  private static final Duration REQUEST_TIME = Duration.ofSeconds(30);

  /** A stream of events ends after this time, and its page asks for the next one. */
  static final Duration STREAM_TIME = Duration.ofMinutes(10);

  /** Longer than the longest answer, which is a stream; a reader that is slower is cut off. */
  private static final Duration RESPONSE_TIME = STREAM_TIME.plusMinutes(1);

  private static final int CONNECTIONS = 256;
  private static final int HEADER_BYTES = 32 * 1024;
  private static final int HEADERS = 64;

  private Limits() {}

  /**
   * Sets the limits that the JDK's server keeps itself. It reads them once in a JVM, as its first
   * server is made; what is set on the command line stays.
   */
  static void apply() {
    set("sun.net.httpserver.maxReqTime", REQUEST_TIME.toSeconds());
    set("sun.net.httpserver.maxRspTime", RESPONSE_TIME.toSeconds());
    set("sun.net.httpserver.maxReqHeaders", HEADERS);
    set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
    set("jdk.httpserver.maxConnections", CONNECTIONS);
    // Answers are small and complete: nothing is gained by waiting for more.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private static void set(String property, long value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Long.toString(value));
    }
  }
}
