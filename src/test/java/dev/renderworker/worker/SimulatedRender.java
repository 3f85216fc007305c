package dev.renderworker.worker;

import dev.renderworker.worker.Sighting.Shares;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a render goes by: a slow start, chunks side by side of which the last ones straggle or the
 * first ones lag, combining, writing the output; all of it seen through a progress file that is
 * written a few times a second.
 *
 * @param rendering when the functions have been called and begin with their frames, in seconds
 * @param rendered when all frames are rendered
 * @param combined when they are put together
 * @param end when the output is there
 * @param direct whether one function does it all, and has nothing to combine
 */
record SimulatedRender(
    double rendering, double rendered, double combined, double end, Shape shape, boolean direct) {
  private static final double BETWEEN_WRITES = 0.3;

  /** How the frames get on. */
  enum Shape {
    EVEN,
    STRAGGLING,
    LATE;

    double share(double part) {
      return switch (this) {
        case EVEN -> part;
        case STRAGGLING -> part < 0.7 ? part / 0.7 * 0.88 : 0.88 + (part - 0.7) / 0.3 * 0.12;
        case LATE -> Math.pow(part, 1.3);
      };
    }
  }

  /** One of about that length. */
  static SimulatedRender of(Duration about, RandomGenerator random) {
    double length = about.toMillis() / 1000.0 * random.nextDouble(0.85, 1.15);
    boolean small = length < 20;
    double opened = small ? random.nextDouble(0.15, 0.35) * length : random.nextDouble(3.5, 11);
    double firstFrame = (small ? 0.1 : 0.03) * length;
    double ending =
        (small ? random.nextDouble(0.04, 0.18) : random.nextDouble(0.03, 0.12)) * length;
    double writing = random.nextDouble(0.2, 0.5) * Math.min(ending, 3);
    boolean direct = random.nextInt(10) == 0;
    return new SimulatedRender(
        opened + firstFrame,
        length - (direct ? writing : ending),
        length - writing,
        length,
        Shape.values()[random.nextInt(Shape.values().length)],
        direct);
  }

  Shares at(double seconds) {
    double written = Math.floor(seconds / BETWEEN_WRITES) * BETWEEN_WRITES;
    double combining = direct ? 0 : between(written, rendered, combined);
    return new Shares(shape.share(between(written, rendering, rendered)), combining);
  }

  private static double between(double now, double from, double to) {
    return Math.clamp((now - from) / (to - from), 0, 1);
  }
}
