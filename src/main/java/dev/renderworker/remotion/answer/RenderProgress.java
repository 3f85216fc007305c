package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderOutput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a media render is, from the bucket or from the function.
 *
 * @param extent how far in numbers
 * @param milestones what is behind it
 * @param fatalErrors those that ended it; none while it runs or when it is done
 * @param metadata empty until the composition is validated
 * @param result the output
 */
public record RenderProgress(
    Extent extent,
    Milestones milestones,
    List<RenderError> fatalErrors,
    Optional<RenderMetadata> metadata,
    Result result) {

  /**
   * How far a render is, each number 0 to 1; each can fall when a chunk is repeated.
   *
   * @param overall as Remotion reckons it
   * @param rendered the part of the frames that is rendered and encoded
   * @param combined the part of them that is put together
   */
  public record Extent(double overall, double rendered, double combined) {
    /** Clamps: the function's own numbers can be a little above 1. */
    public Extent {
      overall = Math.clamp(overall, 0, 1);
      rendered = Math.clamp(rendered, 0, 1);
      combined = Math.clamp(combined, 0, 1);
    }

    /** Of a render whose frames are not known yet. */
    static Extent of(double overall) {
      return new Extent(overall, 0, 0);
    }
  }

  /**
   * What is behind a render.
   *
   * @param launched whether the main function has reported; before, only the start has
   * @param chunksComplete whether every chunk is there
   * @param combined whether they have been put together
   * @param deadline when the function that wrote the progress last is ended by Lambda
   */
  public record Milestones(
      boolean launched, boolean chunksComplete, boolean combined, Optional<Instant> deadline) {}

  /** What is known of the output. */
  public sealed interface Result {

    /** The main function reported the end. */
    record Done(RenderOutput output) implements Result {}

    /**
     * The main function has not reported the end: the output may be there, be coming, or be an
     * older one that is about to be replaced (Remotion Lambda protocol, 19.8).
     *
     * @param claimed whether the function says that it is there
     * @param draft what is to be reported if it is; its size is yet to be asked for
     */
    record Unconfirmed(boolean claimed, RenderOutput draft) implements Result {}

    /** There is none yet. */
    record None() implements Result {}
  }
}
