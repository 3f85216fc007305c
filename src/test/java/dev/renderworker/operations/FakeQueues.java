package dev.renderworker.operations;

import dev.renderworker.job.JobId;
import dev.renderworker.worker.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queue of requests and that of dead letters, in memory. */
public final class FakeQueues implements RequestQueue {
  private final List<OutgoingRequest> sent = new CopyOnWriteArrayList<>();
  private final Dead dead = new Dead();
  private volatile boolean refusing;
  private volatile String unwanted = "";

  /** The requests sent so far. */
  public List<OutgoingRequest> sent() {
    return sent;
  }

  public Dead dead() {
    return dead;
  }

  /** From now on sending is refused. */
  public void refuse() {
    refusing = true;
  }

  /** From now on a request with that body is refused. */
  void refuse(String body) {
    unwanted = body;
  }

  @Override
  public List<SendOutcome> send(List<OutgoingRequest> requests) {
    if (refusing) {
      throw new ServiceUnavailableException("send to the queue: refused by the test");
    }
    return requests.stream().map(this::send).toList();
  }

  private SendOutcome send(OutgoingRequest request) {
    if (request.body().equals(unwanted)) {
      return new SendOutcome.Refused("not wanted");
    }
    sent.add(request);
    return new SendOutcome.Sent("message-" + sent.size());
  }

  @Override
  public QueueState state() {
    return new QueueState(sent.size(), 0, 0, Duration.ofDays(4));
  }

  /** The dead-letter queue; there can be none. */
  public static final class Dead implements DeadLetterQueue {
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final List<Letter> taken = new CopyOnWriteArrayList<>();
    private volatile boolean missing;
    private volatile OptionalInt movedAt = OptionalInt.empty();

    public void add(String jobId, String errorCode, String body) {
      letters.add(
          new Letter(
              "letter-" + jobId,
              body,
              Instant.EPOCH,
              Map.of("jobId", jobId, "errorCode", errorCode),
              new Letter.Handle("receipt", Optional.empty())));
    }

    public void remove() {
      missing = true;
    }

    /** The letters that are there. */
    public List<Letter> letters() {
      return letters;
    }

    /** At which rate all were moved. */
    public OptionalInt movedAt() {
      return movedAt;
    }

    private void check() {
      if (missing) {
        throw new NoDeadLetterQueueException("the queue has no dead-letter queue");
      }
    }

    @Override
    public QueueState state() {
      check();
      return new QueueState(letters.size(), 0, 0, Duration.ofDays(14));
    }

    @Override
    public List<Letter> take() {
      check();
      List<Letter> next = letters.stream().filter(letter -> !taken.contains(letter)).toList();
      taken.addAll(next);
      return next;
    }

    @Override
    public void putBack(List<Letter> back) {
      taken.removeAll(back);
    }

    @Override
    public void delete(Letter letter) {
      letters.remove(letter);
    }

    @Override
    public void resend(Letter letter, JobId jobId) {
      letters.remove(letter);
    }

    @Override
    public void moveAll(OptionalInt perSecond) {
      movedAt = perSecond;
      letters.clear();
    }

    @Override
    public void purge() {
      letters.clear();
    }
  }
}
