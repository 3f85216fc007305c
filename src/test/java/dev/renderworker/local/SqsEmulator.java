package dev.renderworker.local;

import dev.renderworker.local.identity.Principal;
import java.net.URI;
import org.elasticmq.NodeAddress;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder$;

/** ElasticMQ in this JVM. */
final class SqsEmulator implements AutoCloseable {
  private final SQSRestServer server;
  private final URI uri;

  /**
   * Starts it.
   *
   * @param publicPort the port that the queues' URLs are to show
   */
  SqsEmulator(int publicPort) {
    server =
        SQSRestServerBuilder$.MODULE$
            .withInterface("127.0.0.1")
            .withDynamicPort()
            .withServerAddress(new NodeAddress("http", "127.0.0.1", publicPort, ""))
            .withAWSRegion(LocalNames.REGION)
            .withAWSAccountId(Principal.ACCOUNT)
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    uri = URI.create("http://127.0.0.1:" + port);
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    server.stopAndWait();
  }
}
