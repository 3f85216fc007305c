package dev.renderworker.local.remotion;

/**
 * What of a render is done at a point of its time.
 *
 * @param part the part of its time, 0 to 1
 * @param frames its frames
 * @param simulation how it goes
 */
record Milestones(double part, Frames frames, Simulation simulation) {
  static final double OPENED = 0.04;
  static final double VALIDATED = 0.07;
  static final double INVOKED = 0.1;
  static final double COMBINED = 0.95;
  private static final double EARLY = 0.6;

  boolean opened() {
    return part >= OPENED;
  }

  boolean validated() {
    return part >= VALIDATED;
  }

  boolean direct() {
    return false;
  }

  int invoked() {
    return part >= INVOKED ? frames.chunks() : 0;
  }

  int rendered() {
    boolean falls = simulation == Simulation.PROGRESS_FALLS && part > 0.5 && part < 0.66;
    return (int) (frames.count() * between(falls ? part - 0.25 : part, INVOKED, 0.8));
  }

  int encoded() {
    return (int) (frames.count() * between(part, 0.15, 0.85));
  }

  int chunks() {
    return looksCombined() ? frames.chunks() : (int) (frames.chunks() * between(part, 0.15, 0.85));
  }

  double combined() {
    return looksCombined() ? frames.count() : frames.count() * between(part, 0.85, COMBINED);
  }

  boolean looksCombined() {
    boolean early = simulation == Simulation.PREMATURE_DONE && part >= EARLY;
    return early || part >= COMBINED;
  }

  private static double between(double part, double from, double to) {
    return Math.clamp((part - from) / (to - from), 0, 1);
  }
}
