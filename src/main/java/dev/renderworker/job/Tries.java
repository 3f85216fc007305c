package dev.renderworker.job;

/**
 * How often a job has been started. A redrive begins a new round, with as many attempts again.
 *
 * @param attempt starts over the job's whole life, the latest included
 * @param earlier those of them that count for no attempt of the present round: they belong to
 *     rounds before it, or were not charged
 * @param uncharged those of the present round that were not charged
 */
public record Tries(int attempt, int earlier, int uncharged) {
  /** Of a job that was never started. */
  public static final Tries NONE = new Tries(0, 0, 0);

  /** Rejects what is negative. */
  public Tries {
    if (attempt < 0 || earlier < 0 || uncharged < 0) {
      throw new IllegalArgumentException(
          "from 0: attempt %d, earlier %d, uncharged %d".formatted(attempt, earlier, uncharged));
    }
  }

  /** With one more start, in the same round. */
  public Tries next() {
    return new Tries(attempt + 1, earlier, uncharged);
  }

  /** With one more start, the first of a new round. */
  public Tries nextRound() {
    return new Tries(attempt + 1, attempt, 0);
  }

  /** The starts that count in the present round, the latest included. */
  public int inRound() {
    return attempt - earlier;
  }
}
