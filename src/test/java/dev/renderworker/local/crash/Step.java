package dev.renderworker.local.crash;

import static dev.renderworker.local.crash.Cost.cancelled;
import static dev.renderworker.local.crash.Cost.failed;
import static dev.renderworker.local.crash.Cost.rejected;
import static dev.renderworker.local.crash.Cost.succeeded;

import dev.renderworker.local.wire.Fault.When;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The steps at which a worker is killed, and what each must cost. */
enum Step {
  CLAIM_WRITE(
      Life.RENDER,
      Call.CLAIM,
      succeeded(1, 1),
      "",
      succeeded(1, 2),
      "the start may have happened: the search for its render ends without one, and costs the"
          + " attempt"),
  START(
      Life.RENDER,
      Call.START,
      succeeded(1, 2),
      "as above",
      succeeded(1, 1),
      "the render is found by its metadata, and adopted"),
  RENDERING_WRITE(
      Life.RENDER,
      Call.write(2),
      succeeded(1, 1),
      "found and adopted",
      succeeded(1, 1),
      "followed"),
  PROPS_UPLOAD(
      Life.LARGE_RENDER,
      Call.UPLOAD,
      succeeded(1, 2),
      "the start may have happened, as above",
      succeeded(1, 2),
      "as above"),
  PROGRESS_READ(
      Life.LONG_RENDER, Call.LOOK, succeeded(1, 1), "followed", succeeded(1, 1), "followed"),
  PROGRESS_WRITE(
      Life.LONG_RENDER, Call.write(3), succeeded(1, 1), "followed", succeeded(1, 1), "followed"),
  SUCCESS_WRITE(Life.RENDER, Call.write(3), succeeded(1, 1), "followed", succeeded(1, 1), ""),
  DELETE(Life.RENDER, Call.DELETE, succeeded(1, 1), "", succeeded(1, 1), ""),

  STILL_START(
      Life.STILL,
      Call.START,
      succeeded(1, 2),
      "a still carries nothing to find it by; the attempt is charged",
      succeeded(2, 2),
      "as above: rendered twice"),
  STILL_SUCCESS_WRITE(
      Life.STILL, Call.write(2), succeeded(2, 2), "as above: rendered twice", succeeded(1, 1), ""),

  RETRYING_WRITE(Life.RETRIED, Call.write(3), succeeded(2, 2), "", succeeded(2, 2), ""),
  HIDE(
      Life.RETRIED,
      Call.HIDE,
      succeeded(2, 2),
      "the second attempt waits for the visibility timeout",
      succeeded(2, 2),
      ""),

  SECOND_CLAIM_WRITE(
      Scene.QUIET,
      Life.RETRIED,
      Call.SECOND_CLAIM,
      succeeded(2, 2),
      "",
      succeeded(2, 3),
      "the second start may have happened: its search costs the attempt"),

  FAILED_WRITE(Life.FAILING, Call.write(3), failed(1), "followed, fails again", failed(1), ""),
  FAILED_DEAD_LETTER(
      Life.FAILING,
      Call.DEAD_LETTER,
      failed(1),
      "",
      failed(2),
      "not marked as sent: better two letters than none"),
  FAILED_DEAD_LETTER_MARK(Life.FAILING, Call.write(4), failed(2), "as above", failed(1), ""),
  FAILED_DELETE(Life.FAILING, Call.DELETE, failed(1), "", failed(1), ""),

  REJECTED_WRITE(Life.REJECTED, Call.CLAIM, rejected(1), "", rejected(1), ""),
  REJECTED_DEAD_LETTER(
      Life.REJECTED,
      Call.DEAD_LETTER,
      rejected(1),
      "",
      rejected(2),
      "not marked as sent: better two letters than none"),
  REJECTED_DEAD_LETTER_MARK(Life.REJECTED, Call.write(2), rejected(2), "as above", rejected(1), ""),
  REJECTED_DELETE(Life.REJECTED, Call.DELETE, rejected(1), "", rejected(1), ""),

  CANCEL_FILE(Scene.QUIET, Life.UNWANTED, Call.CANCEL_FILE, cancelled(), "", cancelled(), ""),
  CANCELLED_WRITE(
      Scene.QUIET, Life.UNWANTED, Call.CANCELLED_WRITE, cancelled(), "followed", cancelled(), ""),

  LATE_START_WRITE(
      Scene.THROTTLED,
      Life.RENDER,
      Call.write(2),
      succeeded(1, 2),
      "the start may have happened: the search for its render ends without one",
      succeeded(1, 2),
      "as above"),
  PUT_BACK_WRITE(
      Scene.DENIED,
      Life.RENDER,
      Call.write(2),
      succeeded(1, 2),
      "as above",
      succeeded(1, 1),
      "nothing is charged"),
  RELEASE_WRITE(
      Scene.STOPPING,
      Life.LONG_RENDER,
      Call.write(1),
      succeeded(1, 1),
      "followed",
      succeeded(1, 1),
      "followed"),
  RELEASE_HIDE(
      Scene.STOPPING,
      Life.LONG_RENDER,
      Call.HIDE,
      succeeded(1, 1),
      "followed after the visibility timeout",
      succeeded(1, 1),
      "followed at once"),
  TAKEOVER_WRITE(
      Scene.TAKEN_OVER,
      Life.RENDER,
      Call.write(1),
      succeeded(1, 1),
      "found and adopted by a third",
      succeeded(1, 1),
      "found and adopted by a third"),
  ADOPTION_WRITE(
      Scene.TAKEN_OVER,
      Life.RENDER,
      Call.write(2),
      succeeded(1, 1),
      "found and adopted again",
      succeeded(1, 1),
      "followed");

  private final Scene scene;
  private final Life life;
  private final Call call;
  private final Cost before;
  private final String whyBefore;
  private final Cost after;
  private final String whyAfter;

  Step(Life life, Call call, Cost before, String whyBefore, Cost after, String whyAfter) {
    this(Scene.ORDINARY, life, call, before, whyBefore, after, whyAfter);
  }

  Step(
      Scene scene,
      Life life,
      Call call,
      Cost before,
      String whyBefore,
      Cost after,
      String whyAfter) {
    this.scene = scene;
    this.life = life;
    this.call = call;
    this.before = before;
    this.whyBefore = whyBefore;
    this.after = after;
    this.whyAfter = whyAfter;
  }

  static List<Step> of(Scene scene) {
    return Stream.of(values()).filter(step -> step.scene == scene).toList();
  }

  Scene scene() {
    return scene;
  }

  Life life() {
    return life;
  }

  /** The call at which the worker is killed. */
  Call call() {
    return call;
  }

  /** What it must cost to be killed right before or after the call took effect. */
  Cost cost(When when) {
    return when == When.BEFORE ? before : after;
  }

  /** Why, where it is not plain. */
  String why(When when) {
    return when == When.BEFORE ? whyBefore : whyAfter;
  }

  /** In words, such as {@code claim write}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
