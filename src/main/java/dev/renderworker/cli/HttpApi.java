package dev.renderworker.cli;

import dev.renderworker.http.ApiServer;
import dev.renderworker.http.HttpPorts;
import dev.renderworker.http.HttpSettings;
import dev.renderworker.http.OwnProcess;
import dev.renderworker.jobtable.Tables;
import dev.renderworker.operations.LostRule;
import dev.renderworker.operations.Operations;
import dev.renderworker.queue.SqsClients;
import dev.renderworker.worker.MessageReader;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API beside the worker, where a port is configured for it. */
final class HttpApi implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpApi.class);

  private final Optional<ApiServer> server;

  private HttpApi(Optional<ApiServer> server) {
    this.server = server;
  }

  /** What the API works on; these stay open. */
  record Services(SqsClients sqs, Tables tables, MessageReader reader, InstantSource clock) {

    Operations operations(Settings settings, StopSignal stop) {
      var ports = Session.ports(reader, sqs, settings.queue().queueUrl(), tables);
      var lost =
          new LostRule(
              settings.work().claimRule().staleAfter(), settings.queue().visibilityTimeout());
      return new Operations(ports, lost, clock, stop);
    }
  }

  /**
   * Serves, if that is configured.
   *
   * @throws MisconfiguredException when the address can't be listened on
   * @throws ServiceUnavailableException when another process listens there
   */
  static HttpApi open(Settings settings, Services services, OwnProcess process, StopSignal stop) {
    return new HttpApi(
        settings
            .http()
            .map(
                http ->
                    listen(
                        http,
                        new HttpPorts(
                            services.operations(settings, stop),
                            services.reader(),
                            process,
                            services.clock()))));
  }

  private static ApiServer listen(HttpSettings settings, HttpPorts ports) {
    InetSocketAddress address = settings.address();
    try {
      ApiServer server = ApiServer.open(settings, ports);
      log.info("The job page is at http://{}:{}/", address.getHostString(), server.port());
      return server;
    } catch (BindException e) {
      if (String.valueOf(e.getMessage()).contains("in use")) {
        throw new ServiceUnavailableException("PORT %d is in use".formatted(address.getPort()), e);
      }
      throw unusable(address, e);
    } catch (IOException | IllegalArgumentException e) {
      throw unusable(address, e);
    }
  }

  private static MisconfiguredException unusable(InetSocketAddress address, Exception e) {
    return new MisconfiguredException(
        "can't listen on BIND_ADDRESS \"%s\" and PORT \"%d\": %s"
            .formatted(address.getHostString(), address.getPort(), e.getMessage()));
  }

  @Override
  public void close() {
    server.ifPresent(ApiServer::close);
  }
}
