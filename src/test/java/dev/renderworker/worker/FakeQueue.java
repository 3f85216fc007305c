package dev.renderworker.worker;

import dev.renderworker.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A queue as SQS has it: visibility by the test's clock, receive counts, a new receipt a receive of
 * which only the newest is good, and FIFO groups that are locked while one of theirs is hidden.
 */
final class FakeQueue implements RenderQueue {
  private final TestTime time;
  private final Journal journal;
  private final Duration visibilityTimeout;
  private final List<Message> messages = new ArrayList<>();
  private final List<Dead> deadLetters = new ArrayList<>();
  private Duration longPoll = Duration.ofMillis(10);
  private Runnable duringExtend = () -> {};
  private int parked;

  FakeQueue(TestTime time, Journal journal, Duration visibilityTimeout) {
    this.time = time;
    this.journal = journal;
    this.visibilityTimeout = visibilityTimeout;
  }

  /** A message in the dead-letter queue. */
  record Dead(Delivery delivery, DeadLetter letter) {}

  private static final class Message {
    private final String id;
    private final String body;
    private final Optional<String> group;
    private Instant visibleAt;
    private int receives;
    private String receipt = "none";

    Message(String id, String body, Optional<String> group, Instant visibleAt) {
      this.id = id;
      this.body = body;
      this.group = group;
      this.visibleAt = visibleAt;
    }
  }

  void send(String id, String body) {
    sendReceived(id, body, 0);
  }

  /** A message that other workers have received so often before. */
  synchronized void sendReceived(String id, String body, int receives) {
    var message = new Message(id, body, Optional.empty(), time.instant());
    message.receives = receives;
    messages.add(message);
    notifyAll();
  }

  synchronized void sendToGroup(String group, String id, String body) {
    messages.add(new Message(id, body, Optional.of(group), time.instant()));
    notifyAll();
  }

  /** Makes a message that is in flight visible again, as SQS may at any time. */
  synchronized void deliverAgain(String id) {
    message(id).orElseThrow().visibleAt = time.instant();
    notifyAll();
  }

  /** A receive waits so long for messages. */
  synchronized void longPoll(Duration atMost) {
    longPoll = atMost;
  }

  /** Runs while an extension is under way. */
  synchronized void duringExtend(Runnable action) {
    duringExtend = action;
  }

  /** How many receives wait for a message. */
  synchronized int parked() {
    return parked;
  }

  synchronized int receives(String id) {
    return message(id).map(message -> message.receives).orElse(0);
  }

  synchronized boolean holds(String id) {
    return message(id).isPresent();
  }

  /** Until the message is visible; negative or zero when it is. */
  synchronized Duration hiddenFor(String id) {
    return Duration.between(time.instant(), message(id).orElseThrow().visibleAt);
  }

  synchronized List<Dead> deadLetters() {
    return List.copyOf(deadLetters);
  }

  private Optional<Message> message(String id) {
    return messages.stream().filter(message -> message.id.equals(id)).findFirst();
  }

  @Override
  public synchronized List<Delivery> receive(int max) {
    journal.note("queue receive", max);
    long deadline = System.nanoTime() + longPoll.toNanos();
    parked++;
    try {
      while (true) {
        List<Delivery> taken = take(max);
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (!taken.isEmpty() || left <= 0) {
          return taken;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceUnavailableException("receive interrupted", e);
    } finally {
      parked--;
    }
  }

  private List<Delivery> take(int max) {
    List<Delivery> taken = new ArrayList<>();
    Set<String> lockedGroups = new HashSet<>();
    Instant now = time.instant();
    for (Message message : messages) {
      boolean locked = message.group.filter(lockedGroups::contains).isPresent();
      if (message.visibleAt.isAfter(now)) {
        message.group.ifPresent(lockedGroups::add);
      } else if (!locked && taken.size() < max) {
        taken.add(receive(message, now));
      }
    }
    return taken;
  }

  private Delivery receive(Message message, Instant now) {
    message.receives++;
    message.receipt = message.id + "#" + message.receives;
    message.visibleAt = now.plus(visibilityTimeout);
    return new Delivery(
        message.id,
        message.body,
        new Delivery.Receipt(message.receipt, now),
        new Delivery.Trail(
            message.receives, TestTime.START, message.group, Optional.<JobId>empty()));
  }

  @Override
  public List<Delivery> extend(Collection<Delivery> deliveries) {
    Runnable action;
    synchronized (this) {
      action = duringExtend;
    }
    action.run();
    return deliveries.stream().filter(delivery -> !extend(delivery)).toList();
  }

  private synchronized boolean extend(Delivery delivery) {
    try {
      journal.note("queue extend", delivery.receipt().handle());
    } catch (ServiceUnavailableException _) {
      return false;
    }
    Optional<Message> held = held(delivery);
    held.ifPresent(message -> message.visibleAt = time.instant().plus(visibilityTimeout));
    return held.isPresent();
  }

  @Override
  public synchronized void hide(Delivery delivery, Duration delay) {
    Instant end = time.instant().plus(delay);
    journal.note("queue hide", delivery.messageId());
    held(delivery).ifPresent(message -> message.visibleAt = end);
    notifyAll();
  }

  @Override
  public synchronized void delete(Delivery delivery) {
    journal.note("queue delete", delivery.receipt().handle());
    held(delivery).ifPresent(messages::remove);
  }

  @Override
  public synchronized void deadLetter(Delivery delivery, DeadLetter letter) {
    journal.note("queue deadLetter", delivery.messageId());
    deadLetters.add(new Dead(delivery, letter));
  }

  private Optional<Message> held(Delivery delivery) {
    return message(delivery.messageId())
        .filter(message -> message.receipt.equals(delivery.receipt().handle()));
  }
}
