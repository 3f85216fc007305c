package dev.renderworker.http;

import java.util.List;
import java.util.stream.Stream;

/** Everything that the API answers. */
final class Routes {
  private Routes() {}

  static List<Route> all(HttpSettings settings, HttpPorts ports, Board board) {
    return Stream.of(
            new RenderRoutes(ports, settings.defaultComposition()).routes(),
            new JobRoutes(ports).routes(),
            new DeadLetterRoutes(ports.operations().deadLetters()).routes(),
            new HealthRoutes(ports.process()).routes(),
            List.of(Route.get("/events", _ -> board.reply())))
        .flatMap(List::stream)
        .toList();
  }
}
