package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.worker.MessageReader;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Looks after dead letters.
 *
 * <p>Every method throws {@link ServiceUnavailableException} when SQS can't be reached or refuses,
 * and {@link NoDeadLetterQueueException} when there is no dead-letter queue.
 */
public final class DeadLetters {
  private final DeadLetterQueue queue;
  private final MessageReader reader;
  private final StopSignal stop;

  DeadLetters(DeadLetterQueue queue, MessageReader reader, StopSignal stop) {
    this.queue = queue;
    this.reader = reader;
    this.stop = stop;
  }

  /** How full the dead-letter queue is. */
  public QueueState state() {
    return queue.state();
  }

  /**
   * Letters as they are; they stay in the queue, out of sight of others while this looks.
   *
   * @param limit how many at most, from 1
   */
  public List<DeadJob> list(LetterSelection selection, int limit) {
    List<DeadJob> found = new ArrayList<>();
    look(
        dead -> {
          if (selection.includes(dead)) {
            found.add(dead);
          }
          return false;
        },
        () -> found.size() >= limit);
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }

  /**
   * Sends letters to the queue of requests again: all by SQS itself, some one by one. Of a job's
   * letters one is sent in a call, for a job that fails again at once is back here while this still
   * looks.
   *
   * @param perSecond how many at most, from 1
   */
  public RedriveOutcome redrive(LetterSelection selection, OptionalInt perSecond) {
    if (selection instanceof LetterSelection.All) {
      long letters = queue.state().messages();
      if (letters > 0) {
        queue.moveAll(perSecond);
      }
      return new RedriveOutcome.Moving(letters);
    }
    Set<JobId> sent = new HashSet<>();
    look(
        dead -> {
          if (stop.stopped() || !selection.includes(dead) || !sent.add(dead.jobId())) {
            return false;
          }
          queue.resend(dead.letter(), dead.jobId());
          perSecond.ifPresent(rate -> stop.await(Duration.ofSeconds(1).dividedBy(rate)));
          return true;
        },
        stop::stopped);
    return new RedriveOutcome.Moved(sent.size());
  }

  /** Deletes letters: all by SQS itself, some one by one. The records of the jobs stay. */
  public PurgeOutcome purge(LetterSelection selection) {
    if (selection instanceof LetterSelection.All) {
      long letters = queue.state().messages();
      queue.purge();
      return new PurgeOutcome.Deleting(letters);
    }
    int[] deleted = {0};
    look(
        dead -> {
          boolean meant = selection.includes(dead);
          if (meant) {
            queue.delete(dead.letter());
            deleted[0]++;
          }
          return meant;
        },
        stop::stopped);
    return new PurgeOutcome.Deleted(deleted[0]);
  }

  /**
   * Goes through the queue once.
   *
   * @param action whether the letter is gone from the queue; the others are put back at the end
   */
  private void look(Predicate<DeadJob> action, BooleanSupplier enough) {
    List<Letter> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try {
      List<Letter> batch = queue.take();
      // A letter that comes again has become visible while this looked: then it has seen all.
      while (batch.stream().map(Letter::messageId).anyMatch(seen::add)) {
        kept.addAll(batch);
        for (Letter letter : batch) {
          if (action.test(new DeadJob(jobOf(letter), letter))) {
            kept.remove(letter);
          }
        }
        batch = enough.getAsBoolean() ? List.of() : queue.take();
      }
    } finally {
      queue.putBack(kept);
    }
  }

  /** The letter's own word, else the producer's id; a message that SQS moves keeps its id. */
  private JobId jobOf(Letter letter) {
    return letter
        .text("jobId")
        .flatMap(DeadLetters::jobId)
        .or(() -> inBody(letter))
        .orElseGet(() -> new JobId(letter.messageId()));
  }

  private Optional<JobId> inBody(Letter letter) {
    return switch (reader.read(letter.body())) {
      case ParsedMessage.Valid(var request) -> request.jobId();
      case ParsedMessage.Invalid(var jobId, _) -> jobId;
    };
  }

  private static Optional<JobId> jobId(String text) {
    try {
      return Optional.of(new JobId(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
