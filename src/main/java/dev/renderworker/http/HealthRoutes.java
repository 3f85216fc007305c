package dev.renderworker.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Health and metrics. The health routes are open to load balancers, and so name a reason by its
 * code only; what it is in detail is for those with the credentials.
 */
final class HealthRoutes {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final OwnProcess process;

  HealthRoutes(OwnProcess process) {
    this.process = process;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health/live", _ -> Reply.json(Status.OK, Map.of("status", "live"))).open(),
        Route.get("/health/ready", _ -> ready()).open(),
        Route.get("/metrics", _ -> Reply.text(PROMETHEUS, process.metrics())));
  }

  private Reply ready() {
    WorkerCondition condition = process.condition();
    List<String> reasons = new ArrayList<>();
    if (condition.stopping()) {
      reasons.add("stopping");
    }
    if (!condition.receiving()) {
      reasons.add("starting");
    }
    condition.pausedBy().ifPresent(why -> reasons.add("paused by " + why.code()));
    return reasons.isEmpty()
        ? Reply.json(Status.OK, Map.of("status", "ready"))
        : Reply.json(Status.SERVICE_UNAVAILABLE, Map.of("status", "not ready", "reasons", reasons));
  }
}
