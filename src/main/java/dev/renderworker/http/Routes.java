package dev.renderworker.http;

import java.util.List;
import java.util.stream.Stream;

/** Everything that the API answers. */
final class Routes {
  private Routes() {}

  static List<Route> all(HttpSettings settings, HttpPorts ports, Board board) {
    return Stream.concat(api(settings, ports, board).stream(), PageRoutes.page().stream()).toList();
  }

  /** What {@code openapi.json} describes, which is all but the page's files. */
  static List<Route> api(HttpSettings settings, HttpPorts ports, Board board) {
    return Stream.of(
            new RenderRoutes(ports, settings.defaultComposition()).routes(),
            new JobRoutes(ports).routes(),
            new DeadLetterRoutes(ports.operations().deadLetters()).routes(),
            new HealthRoutes(ports.process()).routes(),
            List.of(Route.get("/events", _ -> board.reply()), PageRoutes.description()))
        .flatMap(List::stream)
        .toList();
  }
}
