package dev.renderworker.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import software.amazon.dynamodb.services.local.main.CommandLineInput;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local in this JVM, in memory. */
final class DynamoDbEmulator implements AutoCloseable {
  private final DynamoDBProxyServer server;
  private final URI uri;

  DynamoDbEmulator() throws Exception {
    String port = Integer.toString(freePort());
    CommandLineInput options =
        new CommandLineInput(
            new String[] {"-inMemory", "-disableTelemetry", "-sharedDb", "-port", port});
    options.init();
    server = ServerRunner.createServer(options);
    server.start();
    uri = URI.create("http://127.0.0.1:" + port);
  }

  // It takes a port number only, and 0 means 8000 to it.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local didn't stop", e);
    }
  }
}
