package dev.renderworker.worker;

import dev.renderworker.worker.Sighting.Shares;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * The course of one render as the looks at it have shown it, in seconds since it was started.
 *
 * <p>Three stages follow each other: the site is opened and the functions are called; the frames
 * are rendered, each function its chunk; the chunks are combined and the output is written. How
 * long a stage takes says little of the next one's length, so each has its own speed. Belongs to
 * the one thread that follows the render.
 */
final class Course {
  private static final Look START = new Look(0, Shares.NONE);

  private final boolean whole;
  private Look unrendered;
  private Look last;
  private int looks;
  private double rendersPerSecond;
  private double combinesPerSecond;

  private Course(Look start) {
    this.whole = start != null;
    this.unrendered = start;
    this.last = start;
  }

  private record Look(double at, Shares shares) {

    /** The speed since this look; none where progress has fallen, or the clock was set back. */
    double perSecond(Look later, ToDoubleFunction<Shares> share) {
      double seconds = later.at - at;
      double done = share.applyAsDouble(later.shares) - share.applyAsDouble(shares);
      return seconds > 0 && done > 0 ? done / seconds : 0;
    }
  }

  /** Of a render that has just been started. */
  static Course fromStart() {
    return new Course(START);
  }

  /** Of a render that was started by another worker, nobody knows when. */
  static Course joined() {
    return new Course(null);
  }

  /**
   * Takes note of a look.
   *
   * @param elapsed since the start, or since the render was joined
   */
  void saw(Duration elapsed, Shares shares) {
    Look look = new Look(elapsed.toNanos() / 1e9, shares);
    looks++;
    if (unrendered == null || shares.rendered() == 0) {
      unrendered = look;
    } else {
      rendersPerSecond =
          Math.max(
              unrendered.perSecond(look, Shares::rendered), last.perSecond(look, Shares::rendered));
      combinesPerSecond = last.perSecond(look, Shares::combined);
    }
    last = look;
  }

  /** Whether it is known from its start on. */
  boolean whole() {
    return whole;
  }

  /** How often the render was seen to run. */
  int looks() {
    return looks;
  }

  /** Whether frames were seen to be rendered, so that there is a speed. */
  boolean rendering() {
    return rendersPerSecond > 0;
  }

  /** Whether all frames are rendered. */
  boolean combining() {
    return last != null && last.shares.rendered() >= 1;
  }

  /** When all frames are likely to be rendered; by the higher of the speeds, so rather too soon. */
  double renderedAt() {
    return last.at + (1 - last.shares.rendered()) / rendersPerSecond;
  }

  /** When all chunks are likely to be combined; now where nothing was seen of that. */
  double combinedAt() {
    double left = 1 - last.shares.combined();
    return combinesPerSecond > 0 ? last.at + left / combinesPerSecond : last.at;
  }
}
