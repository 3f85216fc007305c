package dev.renderworker.metrics;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.worker.Worker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is looked at when someone asks. */
final class WorkerGauges {
  private static final String PREFIX = "render.worker.";

  private WorkerGauges() {}

  static void show(Worker worker, int capacity, MeterRegistry registry) {
    gauge("in.flight", "Messages held.", worker, Worker::inFlight, registry);
    gauge("capacity", "Messages held at most.", worker, _ -> capacity, registry);
    gauge(
        "limit",
        "Messages held at most for now, as Lambda throttles.",
        worker,
        Worker::limit,
        registry);
    gauge(
        "following",
        "Renders being followed.",
        worker,
        looked -> looked.vitals().following(),
        registry);
    for (ErrorCode code : ErrorCode.values()) {
      if (code.blame() == ErrorCode.Blame.ENVIRONMENT) {
        Gauge.builder(PREFIX + "paused", worker, looked -> isPausedBy(looked, code) ? 1 : 0)
            .description("1 while the worker takes no message because of that code.")
            .tag("code", code.name())
            .register(registry);
      }
    }
  }

  private static boolean isPausedBy(Worker worker, ErrorCode code) {
    return worker.pausedBy().filter(why -> why.code() == code).isPresent();
  }

  private static void gauge(
      String name,
      String description,
      Worker worker,
      ToDoubleFunction<Worker> value,
      MeterRegistry registry) {
    Gauge.builder(PREFIX + name, worker, value).description(description).register(registry);
  }

  static void showCredentials(
      Supplier<Optional<Instant>> expiry, InstantSource clock, MeterRegistry registry) {
    Gauge.builder(
            PREFIX + "credentials.expires.in",
            () ->
                expiry
                    .get()
                    .map(at -> Duration.between(clock.instant(), at).toMillis() / 1000.0)
                    .orElse(Double.NaN))
        .description("How long the assumed role's credentials hold; NaN before their first use.")
        .baseUnit("seconds")
        .register(registry);
  }
}
