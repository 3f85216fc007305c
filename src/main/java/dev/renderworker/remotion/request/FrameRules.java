package dev.renderworker.remotion.request;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How frames are chosen and spread over functions. */
final class FrameRules {
  private static final int FEWEST_FRAMES_PER_LAMBDA = 5;
  private static final int MOST_FUNCTIONS = 200;

  private final Map<String, Object> options;
  private final Violations violations;

  private FrameRules(Map<String, Object> options, Violations violations) {
    this.options = options;
    this.violations = violations;
  }

  static void check(Map<String, Object> options, Violations violations) {
    FrameRules rules = new FrameRules(options, violations);
    rules.frameRange();
    rules.spread();
  }

  private void frameRange() {
    Object range = options.get("frameRange");
    if (range == null || isFrame(range)) {
      return;
    }
    if (!(range instanceof List<?> pair) || pair.size() != 2 || !isPair(pair)) {
      violations.add(
          "/frameRange", "has to be a frame, [first, last] or [first, null], counted from 0");
      return;
    }
    violations.addIf(
        pair.get(1) instanceof Number last && last.longValue() < asLong(pair.get(0)),
        "/frameRange",
        "ends before it begins");
  }

  private static boolean isPair(List<?> pair) {
    return isFrame(pair.get(0)) && (pair.get(1) == null || isFrame(pair.get(1)));
  }

  private static boolean isFrame(Object value) {
    return value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() == Math.rint(number.doubleValue());
  }

  private static long asLong(Object number) {
    return ((Number) number).longValue();
  }

  private void spread() {
    if (!(options.get("framesPerLambda") instanceof Number perLambda)) {
      return;
    }
    violations.addIf(
        options.get("concurrency") != null,
        "/framesPerLambda",
        "can't be set together with concurrency");
    OptionalLong frames = knownFrames();
    long fewest = Math.min(FEWEST_FRAMES_PER_LAMBDA, frames.orElse(FEWEST_FRAMES_PER_LAMBDA));
    violations.addIf(
        perLambda.longValue() < fewest, "/framesPerLambda", "has to be at least " + fewest);
    violations.addIf(
        perLambda.longValue() >= fewest
            && Math.ceilDiv(frames.orElse(0), perLambda.longValue()) > MOST_FUNCTIONS,
        "/framesPerLambda",
        "is too low: the frames would be spread over more than " + MOST_FUNCTIONS + " functions");
  }

  /** How many frames are rendered, where the request alone says it. */
  private OptionalLong knownFrames() {
    Object range = options.get("frameRange");
    if (isFrame(range)) {
      return OptionalLong.of(1);
    }
    if (range instanceof List<?> pair
        && pair.size() == 2
        && isFrame(pair.get(0))
        && isFrame(pair.get(1))) {
      long nth = options.get("everyNthFrame") instanceof Number n ? n.longValue() : 1;
      return OptionalLong.of(
          Math.floorDiv(asLong(pair.get(1)) - asLong(pair.get(0)), Math.max(nth, 1)) + 1);
    }
    return OptionalLong.empty();
  }
}
