package dev.renderworker.worker;

import static java.util.Objects.requireNonNull;

import dev.renderworker.job.Failure;
import dev.renderworker.job.RenderOutput;

/** What one look at a render showed. */
public sealed interface Sighting {

  /**
   * The render goes on.
   *
   * @param progress 0 to 1; can fall when the function repeats a chunk
   */
  record Running(double progress, Shares shares) implements Sighting {
    /** Rejects null. */
    public Running {
      requireNonNull(shares, "shares");
    }
  }

  /**
   * How far the two long stages of a render are, each 0 to 1.
   *
   * @param rendered the part of the frames that is rendered and encoded
   * @param combined the part of them that is put together
   */
  record Shares(double rendered, double combined) {
    /** Of a render that has yet to begin with its frames. */
    public static final Shares NONE = new Shares(0, 0);
  }

  /** The output is there. */
  record Done(RenderOutput output) implements Sighting {
    /** Rejects null. */
    public Done {
      requireNonNull(output, "output");
    }
  }

  /**
   * The render has ended without an output; it has been checked that there is none. A cancelled one
   * has the code {@code RENDER_CANCELLED}.
   */
  record Ended(Failure.OfJob failure) implements Sighting {
    /** Rejects null. */
    public Ended {
      requireNonNull(failure, "failure");
    }
  }

  /** Nothing could be seen this time; that says nothing about the render. */
  record Unseen(Failure failure) implements Sighting {
    /** Rejects null. */
    public Unseen {
      requireNonNull(failure, "failure");
    }
  }
}
