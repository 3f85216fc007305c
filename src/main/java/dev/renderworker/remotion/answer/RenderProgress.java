package dev.renderworker.remotion.answer;

import dev.renderworker.job.RenderOutput;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a media render is, from the bucket or from the function.
 *
 * @param extent how far in numbers
 * @param milestones what is behind it
 * @param errors all that were recorded, also those that were survived
 * @param metadata empty until the composition is validated
 * @param result the output
 */
public record RenderProgress(
    Extent extent,
    Milestones milestones,
    List<RenderError> errors,
    Optional<RenderMetadata> metadata,
    Result result) {

  /** The errors that ended the render; none while it runs or when it is done. */
  public List<RenderError> fatalErrors() {
    boolean over =
        switch (result) {
          case Result.Done _ -> true;
          case Result.Unconfirmed unconfirmed -> unconfirmed.claimed();
          case Result.None _ -> false;
        };
    return over ? List.of() : errors.stream().filter(RenderError::fatal).toList();
  }

  /**
   * How far a render is. The first three are 0 to 1; each can fall when a chunk is repeated.
   *
   * @param overall as Remotion reckons it
   * @param rendered the part of the frames that is rendered and encoded
   * @param combined the part of them that is put together
   * @param work what was done so far
   */
  public record Extent(double overall, double rendered, double combined, Work work) {
    /** Clamps: the function's own numbers can be a little above 1. */
    public Extent {
      overall = Math.clamp(overall, 0, 1);
      rendered = Math.clamp(rendered, 0, 1);
      combined = Math.clamp(combined, 0, 1);
    }

    /** Of a render whose frames are not known yet. */
    static Extent of(double overall, Work work) {
      return new Extent(overall, 0, 0, work);
    }
  }

  /**
   * What a render has done so far.
   *
   * @param frames of the composition
   * @param chunks that are complete
   * @param retries of chunks
   * @param lambdasInvoked functions that have begun to render chunks
   * @param costSoFar Remotion's estimate, in USD, in China in CNY; without the main function
   */
  public record Work(
      Frames frames, int chunks, int retries, int lambdasInvoked, BigDecimal costSoFar) {
    /** Equal costs are to be equal: function and bucket write them with other digits. */
    public Work {
      costSoFar = new BigDecimal(costSoFar.stripTrailingZeros().toPlainString());
    }
  }

  /** How many frames have come how far; the combined ones are an estimate. */
  public record Frames(int rendered, int encoded, double combined) {}

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
