package dev.renderworker.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the route of a request. */
final class Router {
  private final List<Route> routes;

  Router(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  /**
   * The route.
   *
   * @throws ProblemException when nothing is there, or not for that method
   */
  Route route(Call call) {
    List<Route> here = routes.stream().filter(route -> route.hasPath(call.segments())).toList();
    // The answer to a HEAD is that to a GET; the server leaves its body out.
    String method = call.method().equals("HEAD") ? "GET" : call.method();
    Optional<Route> found = here.stream().filter(route -> route.method().equals(method)).findAny();
    if (found.isPresent()) {
      return found.get();
    }
    throw new ProblemException(
        here.isEmpty()
            ? Problem.notFound("nothing is served under this path")
            : Problem.of(
                Status.METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "The method is not allowed here",
                "allowed: " + here.stream().map(Route::method).collect(Collectors.joining(", "))));
  }
}
