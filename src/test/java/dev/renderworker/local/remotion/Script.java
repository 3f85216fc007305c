package dev.renderworker.local.remotion;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a render goes from here on.
 *
 * @param stopsAt the part of the render's time at which it makes no more progress, 0 to 1
 * @param validated whether the composition gets known
 * @param completes whether it ends with an output
 * @param errors what is reported, and when
 */
record Script(double stopsAt, boolean validated, boolean completes, List<TimedError> errors) {
  /** An error and the time from which it is seen. */
  record TimedError(Instant at, RenderError error) {}

  Script {
    errors = List.copyOf(errors);
  }

  static Script success() {
    return new Script(1, true, true, List.of());
  }

  /** No progress from there on, and no word why. */
  static Script stalled(double at) {
    return new Script(at, true, false, List.of());
  }

  static Script failing(double part, boolean validated, Instant at, RenderError... errors) {
    return new Script(
        part,
        validated,
        false,
        Arrays.stream(errors).map(error -> new TimedError(at, error)).toList());
  }

  Script with(Instant at, RenderError error) {
    TimedError added = new TimedError(at, error);
    List<TimedError> all = new ArrayList<>(errors);
    all.add(added);
    return new Script(stopsAt, validated, completes, all);
  }

  List<RenderError> errorsAt(Instant now) {
    return errors.stream()
        .filter(timed -> !timed.at().isAfter(now))
        .map(TimedError::error)
        .toList();
  }
}
