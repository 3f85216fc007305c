package dev.renderworker.job;

import java.time.Instant;

/**
 * What a worker of the model has in hand.
 *
 * @param tries as in the claim
 * @param at of the claim
 */
record Hold(Ownership own, Tries tries, Message message, Instant at, Stage stage) {

  /** How far it has got. */
  sealed interface Stage {
    /** About to ask for a render. */
    record Claimed() implements Stage {}

    /** Looking for the render of a start that was never answered. */
    record Seeking() implements Stage {}

    /** It has a render, whose id is not in the record yet. */
    record Launched(RenderHandle render) implements Stage {}

    /** The record has the render's id. */
    record Following(RenderHandle render) implements Stage {}
  }

  Hold in(Stage next) {
    return new Hold(own, tries, message, at, next);
  }

  Hold begunAt(Instant later) {
    return new Hold(own, tries, message, later, stage);
  }
}
