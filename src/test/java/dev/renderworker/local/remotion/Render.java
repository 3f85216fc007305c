package dev.renderworker.local.remotion;

import dev.renderworker.local.lambda.FunctionConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** One render; where it stands is computed from its script and the time. */
final class Render {
  private final String id;
  private final StartRequest request;
  private final Deployment deployment;
  private final Span span;
  private final Frames frames;
  private final Simulation simulation;
  private final AtomicBoolean askedForStatus = new AtomicBoolean();
  private volatile Script script = Script.success();
  private volatile boolean finished;

  /**
   * The function that renders.
   *
   * @param function how it was deployed
   * @param version its Remotion version
   */
  record Deployment(FunctionConfiguration function, String version) {}

  /**
   * When a render begins, and how long it takes.
   *
   * @param start when it was started
   * @param length how long it takes
   */
  record Span(Instant start, Duration length) {
    /** The time at this part of the span. */
    Instant at(double part) {
      return start.plusNanos(Math.round(length.toNanos() * part));
    }

    /** The part of the span that is over, 0 to 1. */
    double part(Instant now) {
      double nanos = length.toNanos();
      return nanos == 0 ? 1 : Math.clamp(Duration.between(start, now).toNanos() / nanos, 0, 1);
    }
  }

  Render(String id, StartRequest request, Deployment deployment, Span span, Simulation simulation) {
    this.id = id;
    this.request = request;
    this.deployment = deployment;
    this.span = span;
    this.simulation = simulation;
    this.frames = Frames.of(request.json());
  }

  String id() {
    return id;
  }

  StartRequest request() {
    return request;
  }

  Deployment deployment() {
    return deployment;
  }

  Span span() {
    return span;
  }

  Frames frames() {
    return frames;
  }

  Simulation simulation() {
    return simulation;
  }

  Script script() {
    return script;
  }

  void follow(Script next) {
    script = next;
  }

  /** Ends it with its output written. */
  void finish() {
    finished = true;
  }

  /** Whether its output is written and its numbers are final. */
  boolean isFinished() {
    return finished;
  }

  /** Whether nothing more will come of it. */
  boolean isOver(Instant now) {
    return finished || (!script.completes() && !script.errorsAt(now).isEmpty());
  }

  /** Whether it was not over yet at a time that has passed. */
  boolean ranAt(Instant then) {
    return script.completes() ? span.part(then) < 1 : script.errorsAt(then).isEmpty();
  }

  /** The part of its work that is done. */
  double progress(Instant now) {
    return Math.min(script.stopsAt(), span.part(now));
  }

  boolean firstStatus() {
    return askedForStatus.compareAndSet(false, true);
  }

  String progressKey() {
    return "renders/" + id + "/progress.json";
  }

  String outputBucket() {
    return request.outputBucket();
  }

  String outputKey() {
    return request.outputKey(id, request.videoExtension());
  }

  /** When it says that it began: long ago where a deadline shall be over at its end. */
  Instant claimedStart() {
    Duration timeout = deployment.function().timeout();
    Duration age =
        switch (simulation) {
          case TIMEOUT, TIMEOUT_BUT_OUTPUT_EXISTS -> timeout.plusSeconds(20);
          case LOST_LAUNCH -> timeout;
          default -> span.length();
        };
    Instant aged = span.at(1).minus(age);
    return aged.isBefore(span.start()) ? aged : span.start();
  }
}
