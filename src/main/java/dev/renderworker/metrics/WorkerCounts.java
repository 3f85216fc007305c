package dev.renderworker.metrics;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.RenderOutput;
import dev.renderworker.job.RenderType;
import dev.renderworker.worker.WorkerEvent;
import dev.renderworker.worker.WorkerObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Counts and times what a worker tells. */
final class WorkerCounts implements WorkerObserver {
  private static final String PREFIX = "render.worker.";
  private static final String NONE = "none";
  private static final String RESULT = "result";

  private final MeterRegistry registry;
  private final SmallestLately margin;
  private final Timer receiveToStart;
  private final Timer doneToRecorded;
  private final Counter adopted;
  private final Counter takenOver;
  private final Counter kept;
  private final Counter notKept;

  WorkerCounts(MeterRegistry registry, SmallestLately margin) {
    this.registry = registry;
    this.margin = margin;
    receiveToStart =
        histogram(
            "receive.to.start",
            "From the receive of a message until its render was asked for.",
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60,
            300);
    doneToRecorded =
        histogram(
            "done.to.recorded",
            "From the end of a render, by the function's clock, until its success was recorded.",
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
            30,
            60,
            300);
    adopted = counter("orphans.adopted", "Renders found whose start was never answered.");
    takenOver = counter("takeovers", "Jobs taken over from a worker that was gone.");
    kept = extensions("kept");
    notKept = extensions("failed");
    // Rates need a series before its first count.
    for (RenderType type : RenderType.values()) {
      renderDuration(type);
    }
    Arrays.stream(WorkerEvent.Announced.Outcome.values()).forEach(this::notices);
    Gauge.builder(PREFIX + "visibility.smallest.margin", margin, SmallestLately::value)
        .description(
            "What the message nearest to becoming visible had left when it was extended, over the"
                + " last one to two minutes.")
        .baseUnit("seconds")
        .register(registry);
  }

  private Timer histogram(String name, String description, double... seconds) {
    return Timer.builder(PREFIX + name)
        .description(description)
        .serviceLevelObjectives(bounds(seconds))
        .register(registry);
  }

  private static Duration[] bounds(double... seconds) {
    return Arrays.stream(seconds)
        .mapToObj(bound -> Duration.ofMillis(Math.round(bound * 1000)))
        .toArray(Duration[]::new);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(PREFIX + name).description(description).tags(tags).register(registry);
  }

  private Counter extensions(String result) {
    return counter(
        "visibility.extensions", "Messages that were to stay invisible.", RESULT, result);
  }

  private Counter notices(WorkerEvent.Announced.Outcome outcome) {
    return counter(
        "completion.notices", "Ends that were to be told.", RESULT, lower(outcome.name()));
  }

  private Timer renderDuration(RenderType type) {
    return Timer.builder(PREFIX + "render.duration")
        .description("How long renders took that succeeded, from launch to end.")
        .tag("type", type.wireName())
        .serviceLevelObjectives(bounds(1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900))
        .register(registry);
  }

  @Override
  public void saw(WorkerEvent event) {
    switch (event) {
      case WorkerEvent.Started(var sinceReceived) -> receiveToStart.record(positive(sinceReceived));
      case WorkerEvent.OrphanAdopted _ -> adopted.increment();
      case WorkerEvent.TakenOver _ -> takenOver.increment();
      case WorkerEvent.AttemptEnded(var how, var code) ->
          ended("attempts", "Attempts that ended.", how.name(), code);
      case WorkerEvent.JobEnded(var status, var code) ->
          ended("jobs", "Jobs that ended.", status.name(), code);
      case WorkerEvent.Rendered(var type, var work, var at) -> rendered(type, work, at);
      case WorkerEvent.Extended(var count, var failed, var left) -> {
        kept.increment(count);
        notKept.increment(failed);
        margin.saw(left);
      }
      case WorkerEvent.Announced(var outcome) -> notices(outcome).increment();
    }
  }

  private void ended(String name, String description, String outcome, Optional<ErrorCode> code) {
    String errorCode = code.map(ErrorCode::name).orElse(NONE);
    counter(name, description, "outcome", lower(outcome), "error_code", errorCode).increment();
  }

  private void rendered(RenderType type, RenderOutput.Work work, Instant recordedAt) {
    renderDuration(type).record(Duration.ofMillis(work.timeToFinishMs()));
    work.endedAt()
        .ifPresent(end -> doneToRecorded.record(positive(Duration.between(end, recordedAt))));
  }

  /** Two clocks can disagree; Micrometer would drop what is negative. */
  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
