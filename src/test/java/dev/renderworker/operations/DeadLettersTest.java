package dev.renderworker.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.renderworker.job.ErrorCode;
import dev.renderworker.job.JobId;
import dev.renderworker.job.ParsedMessage;
import dev.renderworker.job.Violation;
import dev.renderworker.worker.ServiceUnavailableException;
import dev.renderworker.worker.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  private final StopSignal stop = new StopSignal();
  private final Shelf shelf = new Shelf();
  private final DeadLetters letters =
      new DeadLetters(
          shelf,
          _ -> new ParsedMessage.Invalid(Optional.empty(), List.of(new Violation("", "no JSON"))),
          stop);

  /** A dead-letter queue that hands letters out in the batches it was filled with. */
  private static final class Shelf implements DeadLetterQueue {
    private final Deque<List<Letter>> batches = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private Runnable onResend = () -> {};

    @Override
    public QueueState state() {
      return new QueueState(batches.size(), 0, 0, Duration.ofDays(14));
    }

    @Override
    public List<Letter> take() {
      return batches.isEmpty() ? List.of() : batches.removeFirst();
    }

    @Override
    public void putBack(List<Letter> kept) {
      kept.forEach(letter -> log.add("back " + letter.messageId()));
    }

    @Override
    public void delete(Letter letter) {
      log.add("delete " + letter.messageId());
    }

    @Override
    public void resend(Letter letter, JobId jobId) {
      onResend.run();
      log.add("resend " + letter.messageId() + " of " + jobId);
    }

    @Override
    public void moveAll(OptionalInt perSecond) {
      log.add("move " + perSecond);
    }

    @Override
    public void purge() {
      log.add("purge");
    }
  }

  private static Letter letter(String messageId, String jobId, ErrorCode code) {
    return new Letter(
        messageId,
        "{}",
        Instant.EPOCH,
        Map.of("jobId", jobId, "errorCode", code.name()),
        new Letter.Handle("receipt", Optional.empty()));
  }

  @Test
  void jobThatFailsAgainAtOnceIsNotSentInCircles() {
    shelf.batches.add(List.of(letter("m1", "a", ErrorCode.DISK_FULL)));
    shelf.batches.add(List.of(letter("m2", "a", ErrorCode.DISK_FULL)));

    var outcome =
        letters.redrive(new LetterSelection.OfCode(ErrorCode.DISK_FULL), OptionalInt.empty());

    assertEquals(new RedriveOutcome.Moved(1), outcome);
    assertEquals(List.of("resend m1 of a", "back m2"), shelf.log);
  }

  @Test
  void letterThatComesAgainEndsTheLook() {
    Letter seen = letter("m1", "a", ErrorCode.DISK_FULL);
    shelf.batches.add(List.of(seen));
    shelf.batches.add(List.of(seen));
    shelf.batches.add(List.of(letter("m2", "b", ErrorCode.DISK_FULL)));

    assertEquals(1, letters.list(new LetterSelection.All(), 100).size());
  }

  @Test
  void lettersThatAreNotMeantArePutBackEvenWhenTheQueueRefuses() {
    shelf.batches.add(
        List.of(
            letter("m1", "a", ErrorCode.OUTPUT_EXISTS), letter("m2", "b", ErrorCode.DISK_FULL)));
    shelf.onResend =
        () -> {
          throw new ServiceUnavailableException("away");
        };

    assertThrows(
        ServiceUnavailableException.class,
        () -> letters.redrive(new LetterSelection.OfJob(new JobId("b")), OptionalInt.empty()));
    assertEquals(List.of("back m1", "back m2"), shelf.log);
  }

  @Test
  void stopEndsTheRedriveBetweenTwoLetters() {
    shelf.batches.add(
        List.of(letter("m1", "a", ErrorCode.DISK_FULL), letter("m2", "b", ErrorCode.DISK_FULL)));
    shelf.onResend = stop::stop;

    letters.redrive(new LetterSelection.OfCode(ErrorCode.DISK_FULL), OptionalInt.of(1));

    assertEquals(List.of("resend m1 of a", "back m2"), shelf.log);
  }

  @Test
  void allAreLeftToSqsUnlessThereAreNone() {
    assertEquals(
        new RedriveOutcome.Moving(0),
        letters.redrive(new LetterSelection.All(), OptionalInt.empty()));
    assertEquals(List.of(), shelf.log);
    shelf.batches.add(List.of());

    letters.redrive(new LetterSelection.All(), OptionalInt.of(5));

    assertEquals(List.of("move OptionalInt[5]"), shelf.log);
  }

  @Test
  void letterWithoutAnyWordOfItsJobGoesByItsMessage() {
    shelf.batches.add(
        List.of(
            new Letter(
                "m1",
                "?",
                Instant.EPOCH,
                Map.of(),
                new Letter.Handle("receipt", Optional.empty()))));

    assertEquals(new JobId("m1"), letters.list(new LetterSelection.All(), 1).getFirst().jobId());
  }
}
