package dev.renderworker.metrics;

import dev.renderworker.worker.Worker;
import dev.renderworker.worker.WorkerObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * The metrics of one worker process. Names and units follow Prometheus' conventions; no label names
 * a job, so the number of series is bounded.
 */
public final class Metrics implements AutoCloseable {
  /** The media type of {@link #text()}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final InstantSource clock;
  private final WorkerCounts counts;
  private final AwsCalls calls = new AwsCalls(registry);

  /** Begins with nothing counted but what the JVM has done. */
  public Metrics(InstantSource clock) {
    this.clock = clock;
    counts = new WorkerCounts(registry, new SmallestLately(clock));
    collections.bindTo(registry);
    List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /** Counts what a worker tells. */
  public WorkerObserver worker() {
    return counts;
  }

  /** Times what SDK clients call. */
  public MetricPublisher aws() {
    return calls;
  }

  /**
   * Shows, from now on, how full the worker is, and whether it is paused.
   *
   * @param capacity how many messages it may hold
   */
  public void show(Worker worker, int capacity) {
    WorkerGauges.show(worker, capacity, registry);
  }

  /**
   * Shows, from now on, how long the credentials hold.
   *
   * @param expiry of the credentials that were used last; empty where none were yet
   */
  public void showCredentials(Supplier<Optional<Instant>> expiry) {
    WorkerGauges.showCredentials(expiry, clock, registry);
  }

  /** Everything as of now, in Prometheus' text format. */
  public String text() {
    return registry.scrape(CONTENT_TYPE);
  }

  MeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
