package dev.renderworker.local;

import dev.renderworker.local.wire.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/** The ports of everything, bound before anything answers. */
final class Endpoints implements AutoCloseable {
  private final Map<LocalService, Endpoint> byService = new EnumMap<>(LocalService.class);

  Endpoints(LocalAwsOptions options) throws IOException {
    for (LocalService service : LocalService.values()) {
      byService.put(service, Endpoint.bind(options.port(service)));
    }
  }

  Endpoint of(LocalService service) {
    return byService.get(service);
  }

  URI uri(LocalService service) {
    return of(service).uri();
  }

  @Override
  public void close() {
    byService.values().forEach(Endpoint::close);
  }
}
