package dev.renderworker.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/** Times each call of the SDK, its own retries included. */
final class AwsCalls implements MetricPublisher {
  private static final int SERVER_ERRORS = 500;

  private final MeterRegistry registry;
  private final Map<Call, Timer> timers = new ConcurrentHashMap<>();

  /** What tells calls apart. */
  private record Call(String service, String operation, String result) {}

  AwsCalls(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void publish(MetricCollection call) {
    String service = value(call, CoreMetric.SERVICE_ID).orElse("unknown");
    String operation = value(call, CoreMetric.OPERATION_NAME).orElse("unknown");
    Call kind = new Call(service, operation, result(call));
    value(call, CoreMetric.API_CALL_DURATION)
        .ifPresent(took -> timers.computeIfAbsent(kind, this::timer).record(took));
    value(call, CoreMetric.RETRY_COUNT)
        .filter(retries -> retries > 0)
        .ifPresent(retries -> retried(service, operation).increment(retries));
  }

  private Timer timer(Call call) {
    return Timer.builder("render.worker.aws.calls")
        .description("Calls of AWS, the SDK's own retries included.")
        .tags("service", call.service(), "operation", call.operation(), "result", call.result())
        .register(registry);
  }

  private Counter retried(String service, String operation) {
    return Counter.builder("render.worker.aws.retries")
        .description("Calls that the SDK itself made again.")
        .tags("service", service, "operation", operation)
        .register(registry);
  }

  private static String result(MetricCollection call) {
    if (value(call, CoreMetric.API_CALL_SUCCESSFUL).orElse(false)) {
      return "ok";
    }
    List<MetricCollection> attempts = call.children();
    return attempts.isEmpty() ? "not_sent" : resultOf(attempts.getLast());
  }

  /** The SDK calls every error that a service answers with a ServerError. */
  private static String resultOf(MetricCollection attempt) {
    return switch (value(attempt, CoreMetric.ERROR_TYPE).orElse("")) {
      case "Throttling" -> "throttled";
      case "ConfiguredTimeout" -> "timeout";
      case "IO" -> "no_answer";
      case "ServerError" ->
          value(attempt, HttpMetric.HTTP_STATUS_CODE).orElse(0) >= SERVER_ERRORS
              ? "server_error"
              : "refused";
      default -> "other";
    };
  }

  private static <T> Optional<T> value(MetricCollection call, SdkMetric<T> metric) {
    List<T> values = call.metricValues(metric);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  @Override
  public void close() {
    // Nothing is held; the registry is its owner's.
  }
}
