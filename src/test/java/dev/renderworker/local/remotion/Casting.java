package dev.renderworker.local.remotion;

import dev.renderworker.local.s3.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides, when a render is launched, how it will go. */
final class Casting {
  private static final double MAIN_DIES_AT = 0.97;
  private static final Duration BETWEEN_ERRORS = Duration.ofMillis(400);

  private final LaunchChecks checks;

  Casting(ObjectStore store, List<String> compositions) {
    this.checks = new LaunchChecks(store, compositions);
  }

  Script script(Render render) {
    Simulation simulation = render.simulation();
    Optional<RenderError> refused = checks.firstFailure(render);
    if (refused.isPresent()) {
      Instant at = render.span().at(Simulation.Where.SITE.part());
      return Script.failing(Simulation.Where.SITE.part(), false, at, refused.get());
    }
    return switch (simulation) {
      case TIMEOUT -> Script.stalled(0.5);
      case TIMEOUT_BUT_OUTPUT_EXISTS -> Script.stalled(MAIN_DIES_AT);
      case CANCELLED_ELSEWHERE -> cancelled(0.5, render.span().at(0.5));
      case CHUNK_RETRY ->
          Script.success()
              .with(
                  render.span().at(0.4),
                  RenderError.ofChunk("Error", "socket hang up", 0).survivedByRetry());
      default -> ordinary(render);
    };
  }

  private static Script ordinary(Render render) {
    Simulation.Where where = render.simulation().where();
    Instant at = render.span().at(where.part());
    String name = render.simulation().errorName();
    RenderError inChunk = RenderError.ofChunk(name, render.simulation().message(), 0);
    return switch (where) {
      case NOWHERE -> missingField(render).orElseGet(Script::success);
      case SITE, MAIN ->
          Script.failing(
              where.part(),
              where == Simulation.Where.MAIN,
              at,
              RenderError.ofMain(name, render.simulation().message()));
      case CHUNK -> growing(where.part(), at, inChunk, pause(render.simulation()));
    };
  }

  private static Duration pause(Simulation simulation) {
    boolean grows = simulation == Simulation.ERRORS_GROW;
    return grows ? BETWEEN_ERRORS : Duration.ZERO;
  }

  static Script cancelled(double part, Instant at) {
    RenderError error = RenderError.ofChunk("Error", RenderError.CANCELLED, 1);
    return growing(part, at, error, BETWEEN_ERRORS);
  }

  private static Script growing(double part, Instant at, RenderError first, Duration pause) {
    return Script.failing(part, true, at, first)
        .with(at.plus(pause), first.inMain())
        .with(at.plus(pause.multipliedBy(2)), first.inChunk(first.chunk() == 0 ? 1 : 0));
  }

  /** Some fields are missed only once frames are rendered (Remotion Lambda protocol, 2.1). */
  private static Optional<Script> missingField(Render render) {
    StartRequest start = render.request();
    if (start.isAbsent("scale")) {
      return Optional.of(Script.stalled(Milestones.INVOKED));
    }
    if (start.isAbsent("downloadBehavior")) {
      return Optional.of(
          failingLate(render, "TypeError", "Cannot read properties of undefined (reading 'type')"));
    }
    boolean loopsWithoutGif =
        !start.isAbsentOrNull("numberOfGifLoops") && !start.text("codec").equals("gif");
    return loopsWithoutGif
        ? Optional.of(
            failingLate(
                render,
                "TypeError",
                "\"numberOfGifLoops\" can only be set if \"codec\" is set to \"gif\"."))
        : Optional.empty();
  }

  private static Script failingLate(Render render, String name, String message) {
    Instant at = render.span().at(MAIN_DIES_AT);
    return Script.failing(MAIN_DIES_AT, true, at, RenderError.ofMain(name, message));
  }
}
